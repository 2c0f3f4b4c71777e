using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EarlyWarning.Store;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>Journals in memory that fail where a test says so: before the append happened, or after it did.</summary>
internal sealed class MemoryJournals(TimeProvider time) : IJournals
{
    private readonly ConcurrentDictionary<string, List<JournalEntry>> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Snapshot> _snapshots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _epochs = new(StringComparer.Ordinal);
    private long _last;
    private int _reads;

    /// <summary>How often a journal of a country was read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Says what becomes of an append.</summary>
    public Func<string, ReadOnlyMemory<byte>, Fate> Fate { get; set; } = (_, _) => Infrastructure.Fate.Appends;

    public IReadOnlyList<JournalEntry> Entries(string journal)
    {
        var list = List(journal);
        lock (list)
        {
            return [.. list];
        }
    }

    public void Put(string journal, ReadOnlyMemory<byte> payload) => Add(journal, payload);

    public Task<JournalWriter> OpenAsync(string journal, CancellationToken cancellationToken)
        => Task.FromResult<JournalWriter>(new Writer(this, journal, _epochs.AddOrUpdate(journal, 1, (_, epoch) => epoch + 1)));

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string journal, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        _ = journal.StartsWith("risk/", StringComparison.Ordinal) ? Interlocked.Increment(ref _reads) : 0;
        foreach (var entry in Entries(journal))
        {
            if (entry.Position > after)
            {
                yield return entry;
            }
        }
    }

    public Task<Snapshot?> ReadSnapshotAsync(string journal, long atOrBefore, CancellationToken cancellationToken)
        => Task.FromResult<Snapshot?>(_snapshots.TryGetValue(journal, out var snapshot) && snapshot.Position <= atOrBefore ? snapshot : null);

    public Task WriteSnapshotAsync(string journal, long position, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        _snapshots[journal] = new(position, payload);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<string>>([.. _entries.Where(pair => pair.Value.Count > 0 && pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(pair => pair.Key).Order(StringComparer.Ordinal)]);

    private List<JournalEntry> List(string journal) => _entries.GetOrAdd(journal, _ => []);

    private Appended Add(string journal, ReadOnlyMemory<byte> payload)
    {
        var list = List(journal);
        lock (list)
        {
            var now = _last = Math.Max(_last, time.GetUtcNow().UtcTicks);
            var entry = new JournalEntry(list.Count + 1, new(now, TimeSpan.Zero), payload.ToArray());
            list.Add(entry);
            return new(entry.Position, entry.RecordedAt);
        }
    }

    private sealed class Writer(MemoryJournals journals, string journal, int epoch) : JournalWriter
    {
        public override string Journal => journal;

        public override long Tail => journals.Entries(journal).Count;

        public override async ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (journals._epochs[journal] != epoch)
            {
                throw new FencedException(journal);
            }

            Assert.InRange(payload.Length, 1, MaxPayload);
            switch (journals.Fate(journal, payload))
            {
                case Infrastructure.Fate.FailsBefore:
                    throw new StoreUnavailableException("the disk is full.");
                case Infrastructure.Fate.FailsAfter:
                    journals.Add(journal, payload);
                    throw new StoreUnavailableException("no answer in time.");
                default:
                    return journals.Add(journal, payload);
            }
        }
    }
}

/// <summary>What becomes of an append.</summary>
internal enum Fate
{
    Appends = 0,
    FailsBefore,
    FailsAfter,
}
