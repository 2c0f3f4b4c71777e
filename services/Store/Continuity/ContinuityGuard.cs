using EarlyWarning.Store.Configuration;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Migrations;

namespace EarlyWarning.Store.Continuity;

/// <summary>
/// Knows which store this is and how far it had come, and proves again and again that what answers is the same one with nothing lost. All
/// calls come from the committer's thread, after <see cref="Start"/>; properties may be read by any.
/// </summary>
internal sealed partial class ContinuityGuard(
    Database database,
    StoreOptions options,
    IReadOnlyList<Migration> migrations,
    JournalHeads heads,
    ProcessRow process,
    TimeProvider time
)
{
    /// <summary>So often a beat waits for those of other processes: some three seconds.</summary>
    private const int MostTurns = 10;

    private readonly string _folder = options.DataDirectory;
    private readonly string _writer = options.Shared ? "" : process.Id;
    private readonly ContinuityWords _starting = new(database.Place, options.DataDirectory, running: false);
    private readonly ContinuityWords _running = new(database.Place, options.DataDirectory, running: true);
    private readonly Lock _marking = new();
    private volatile StoreIdentity? _identity;
    private volatile string _quiet = "";
    private volatile string? _unreadable;
    private volatile bool _takeOver;
    private StoreMark? _mark;
    private long _beat;
    private long _ownBeat;
    private long? _version;
    private string? _written;
    private volatile bool _doubted;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Completes, with the reason, when others of the suite have gone on without this process, which is to end and to be started anew.
    /// </summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Which store this is.</summary>
    public StoreIdentity Identity => _identity ?? throw new StoreUnavailableException("The store has not been started.");

    /// <summary>Why the store is only read, in words for an operator; empty where it is in use.</summary>
    public string Quiet => _quiet;

    /// <summary>
    /// Why what is there is not even read: it is another's, or empty, and would look like a world without risk; <see langword="null"/>
    /// where it may be.
    /// </summary>
    public string? Unreadable => _unreadable;

    /// <summary>What cannot be proved of what was before the start, in words for an operator; empty where nothing is.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Proves that the store is the one it was, by a durable write.</summary>
    /// <param name="session">The session that writes.</param>
    /// <param name="disturbed">
    /// Whether a write has failed since the last call, after which the database may count its own changes as another's.
    /// </param>
    /// <returns>Why nothing may be entrusted to it; <see langword="null"/> where all is well.</returns>
    /// <exception cref="IOException">What is open is no longer what its name leads to: the session is to be opened again.</exception>
    public string? Check(DatabaseSession session, bool disturbed)
    {
        if (_quiet.Length > 0)
        {
            return options.Shared ? Wait(session) : null;
        }

        var suspected = _doubted;
        var doubt = Doubt(session, suspected || disturbed, disturbed);
        if (suspected || doubt is not null)
        {
            _doubted = doubt is not null;
        }

        return doubt;
    }

    /// <summary>
    /// Proves that a session that was opened again leads to the same store with nothing lost, or takes it over where that was asked for.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It does not.</exception>
    public void Reopened(DatabaseSession session)
    {
        if (_takeOver)
        {
            TakeOver(session);
            return;
        }

        if (_quiet.Length == 0)
        {
            if ((_written ?? Differs(session, out _) ?? Behind(session)) is { } reason)
            {
                throw new StoreUnavailableException(reason);
            }

            _version = database.Version(session);
        }
    }

    /// <summary>From here on the heads of all journals are part of the proof, until it is given; on any thread.</summary>
    public void Suspect() => _doubted = true;

    /// <summary>Whether the proof is still to be given.</summary>
    public bool IsSuspected => _doubted;

    /// <summary>The next session, or the next call of <see cref="TakeOver"/>, takes the store as it is.</summary>
    public void AskTakeOver() => _takeOver = true;

    /// <summary>What was asked for and has not happened, does not.</summary>
    public void WithdrawTakeOver() => _takeOver = false;

    /// <summary>Whether a take-over was asked for and has not happened.</summary>
    public bool TakeOverAsked => _takeOver;

    /// <summary>Writes what the store has acknowledged into the folder's mark; on any thread.</summary>
    /// <param name="last">Whether nothing will be written any longer.</param>
    public void Keep(bool last = false)
    {
        lock (_marking)
        {
            var beat = Interlocked.Read(ref _beat);
            if (_quiet.Length == 0 && _mark is { } mark && mark.Beat < beat && mark.Epoch == _identity?.Epoch)
            {
                _mark = mark with { Beat = beat, Exact = last };
                _mark.Write(_folder);
            }
        }
    }

    /// <summary>This process ends: what it held is free.</summary>
    public void Leave(DatabaseSession session)
    {
        if (options.Shared || _quiet.Length == 0)
        {
            process.Delete(session);
        }
    }

    /// <summary>
    /// Why no unit may be written any more, until the transaction of the session ends; <see langword="null"/> where one may.
    /// </summary>
    public string? Fence(DatabaseSession session) =>
        database.ForShare.Length == 0 || StoreRow.IsHeld(session, Identity.Epoch, _writer) ? null : _running.Lost;

    /// <summary>The others have gone on without this process: it is to begin anew.</summary>
    private string End(string reason)
    {
        _ended.TrySetResult(reason);
        return reason;
    }
}
