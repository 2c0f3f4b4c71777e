using System.Runtime.CompilerServices;
using EarlyWarning.Store;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Sidecar.Tests.Infrastructure;

/// <summary>Journals that outlive a sidecar, as the store does, and that can be made unavailable.</summary>
internal sealed class MemoryJournals : IJournals, IJournalTrimming
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, JournalEntry> _entries = [];
    private Snapshot? _snapshot;
    private long _tail;
    private int _epoch;
    private Task _held = Task.CompletedTask;

    /// <summary>While set, appends and opening fail.</summary>
    public bool Broken { get; set; }

    /// <summary>While set, an append is made and then reported as failed.</summary>
    public bool LoseAnswers { get; set; }

    /// <summary>Whether an append waits for what <see cref="Hold"/> gave.</summary>
    public bool Holding { get; private set; }

    public int EntryCount
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public long Tail
    {
        get
        {
            lock (_lock)
            {
                return _tail;
            }
        }
    }

    /// <summary>From here on every append waits until the result is set.</summary>
    public TaskCompletionSource Hold()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held = held.Task;
        return held;
    }

    public Task<JournalWriter> OpenAsync(string journal, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        lock (_lock)
        {
            return Task.FromResult<JournalWriter>(new Writer(this, journal, ++_epoch, _tail));
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string journal, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        List<JournalEntry> entries;
        lock (_lock)
        {
            entries = [.. _entries.Values.Where(entry => entry.Position > after)];
        }

        foreach (var entry in entries)
        {
            yield return entry;
        }
    }

    public Task<Snapshot?> ReadSnapshotAsync(string journal, long atOrBefore, CancellationToken cancellationToken) => Task.FromResult(_snapshot);

    public Task WriteSnapshotAsync(string journal, long position, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        _snapshot = new(position, payload.ToArray());
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task TrimAsync(string journal, long position, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var old in _entries.Keys.Where(key => key <= position).ToList())
            {
                _entries.Remove(old);
            }
        }

        return Task.CompletedTask;
    }

    private void ThrowIfBroken()
    {
        if (Broken)
        {
            throw new StoreUnavailableException("the test has switched it off");
        }
    }

    private sealed class Writer(MemoryJournals journals, string journal, int epoch, long tail) : JournalWriter
    {
        public override string Journal => journal;

        public override long Tail => tail;

        public override async ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            journals.Holding = !journals._held.IsCompleted;
            await journals._held;
            journals.ThrowIfBroken();
            if (payload.Length > MaxPayload)
            {
                throw new ArgumentException("too large", nameof(payload));
            }

            lock (journals._lock)
            {
                if (epoch != journals._epoch)
                {
                    throw new FencedException(journal);
                }

                tail = ++journals._tail;
                journals._entries[tail] = new(tail, DateTimeOffset.UnixEpoch.AddSeconds(tail), payload.ToArray());
            }

            if (journals.LoseAnswers)
            {
                journals.LoseAnswers = false;
                throw new StoreUnavailableException("the answer was lost");
            }

            return new(tail, DateTimeOffset.UnixEpoch.AddSeconds(tail));
        }
    }
}
