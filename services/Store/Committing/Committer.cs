using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Committing;

/// <summary>
/// The one that writes, on a thread and a session of its own. It takes what waits, up to a size, into one transaction: many units share one
/// flush of the disk. A unit that is refused or broken fails alone, and the others of its group are run again without it. Where a commit's
/// outcome is
/// not known, the session is thrown away, and what happened is read from the database through a new one; nothing is sent a second time
/// blindly.
/// </summary>
internal sealed partial class Committer : IAsyncDisposable
{
    private const int MaxGroup = 256;
    private const long MaxGroupBytes = 8L << 20;

    /// <summary>Beyond this much waiting the store says that it cannot keep up, instead of filling the memory.</summary>
    private const long MaxWaitingBytes = 128L << 20;
    private const int MaxWaiting = 50_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_tend = TimeSpan.FromSeconds(1);

    private readonly Database _database;
    private readonly TimeSpan _unclear;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Queue<CommitterJob> _waiting = new();
    private readonly object _gate = new();
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DatabaseSession? _session;
    private long _waitingBytes;
    private volatile bool _stopping;
    private string _fault = "";
    private long _tended;

    public Committer(Database database, DatabaseSession session, TimeSpan unclear, TimeProvider time, ILogger logger)
    {
        (_database, _session, _unclear, _time, _logger) = (database, session, unclear, time, logger);
        _thread = new(Run) { IsBackground = true, Name = "store commits" };
    }

    /// <summary>
    /// Is called with each session that is opened again, before anything is written through it; what it throws keeps the store closed.
    /// </summary>
    public Action<DatabaseSession> Reopened { get; set; } = static _ => { };

    /// <summary>
    /// Says in each group's transaction why this process may not write any more; <see langword="null"/> where it may, until that is
    /// committed.
    /// </summary>
    public Func<DatabaseSession, string?> Fence { get; set; } = static _ => null;

    /// <summary>Is called with each round of the thread.</summary>
    public Action Beat { get; set; } = static () => { };

    /// <summary>Why the last attempt to write failed, in words for an operator; empty where it did not.</summary>
    public string Fault => Volatile.Read(ref _halted) ?? Volatile.Read(ref _fault);

    public void Start() => _thread.Start();

    /// <summary>Commits a unit. When this returns, it is on the disk.</summary>
    /// <exception cref="StoreUnavailableException">It was not committed, or that is not known.</exception>
    public Task CommitAsync(Unit unit, CancellationToken cancellationToken)
    {
        if (unit.IsEmpty)
        {
            return Task.CompletedTask;
        }

        if ((Volatile.Read(ref _halted) ?? Away) is { } reason)
        {
            return Task.FromException(new StoreUnavailableException(reason));
        }

        return Post(CommitterJob.Of(unit, _time.GetTimestamp(), cancellationToken));
    }

    /// <summary>Runs a job on the writing session, outside of a transaction.</summary>
    public Task RunAsync(Action<DatabaseSession> job) => Post(CommitterJob.Of(job, _time.GetTimestamp()));

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            _session?.Dispose();
            return;
        }

        await _ended.Task;
    }

    private Task Post(CommitterJob work)
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return Task.FromException(new StoreUnavailableException("The store is being closed."));
            }

            if (_waiting.Count >= MaxWaiting || _waitingBytes > MaxWaitingBytes)
            {
                return Task.FromException(
                    new StoreUnavailableException(
                        $"The store cannot keep up: {_waiting.Count} changes of {_waitingBytes >> 20} MB wait for the disk. Send less at "
                            + $"once."
                    )
                );
            }

            _waiting.Enqueue(work);
            _waitingBytes += work.Unit?.Bytes ?? 0;
            Monitor.Pulse(_gate);
        }

        return work.Done;
    }

    private void Run()
    {
        List<CommitterJob> group = [];
        while (Take(group))
        {
            Beat();
            try
            {
                if (Session() is { } session)
                {
                    Serve(session, group);
                    Tend(session);
                }
            }
#pragma warning disable CA1031 // Whatever goes wrong, those who wait are answered, and the session is opened again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Broken(exception);
            }

            FailRest(group);
            FailWaiting(group);
        }

        _session?.Dispose();
        _ended.SetResult();
    }

    private bool Take(List<CommitterJob> group)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_stopping)
            {
                if (!Monitor.Wait(_gate, _session is null ? s_pause : s_tend))
                {
                    return true;
                }
            }

            long bytes = 0;
            while (
                group.Count < MaxGroup
                && bytes < MaxGroupBytes
                && _waiting.TryPeek(out var next)
                && (group.Count == 0 || (next.Job is null && group[0].Job is null))
            )
            {
                _waiting.Dequeue();
                bytes += next.Unit?.Bytes ?? 0;
                group.Add(next);
            }

            _waitingBytes -= bytes;
            return group.Count > 0 || !_stopping;
        }
    }

    private void Serve(DatabaseSession session, List<CommitterJob> group)
    {
        if (group is [{ Job: { } job }])
        {
            RunJob(session, group[0], job);
            return;
        }

        group.RemoveAll(work =>
        {
            if (work.CancellationToken.IsCancellationRequested)
            {
                work.Cancel();
                return true;
            }

            return false;
        });
        if (Volatile.Read(ref _halted) is not null)
        {
            // They waited while the halt came.
            return;
        }

        if (group.Count > 0 && _database.Refusal is { } refusal)
        {
            Tell(refusal);
        }
        else if (group.Count > 0)
        {
            Commit(session, group);
        }
    }
}
