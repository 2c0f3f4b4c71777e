using EarlyWarning.Store;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Indicators.Tests.Infrastructure;

/// <summary>Journals in memory, with a switch that makes the store fail. A writer that was overtaken is fenced as by the real one.</summary>
internal sealed class InMemoryJournals(TimeProvider time) : IJournals
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<JournalEntry>> _journals = [];
    private readonly Dictionary<string, long> _epochs = [];

    /// <summary>Whether every append fails.</summary>
    public bool Failing { get; set; }

    public Task<JournalWriter> OpenAsync(string journal, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _epochs[journal] = _epochs.GetValueOrDefault(journal) + 1;
            return Task.FromResult<JournalWriter>(new Writer(this, journal, _epochs[journal]));
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string journal, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var entry in EntriesOf(journal).Where(entry => entry.Position > after))
        {
            yield return entry;
        }
    }

    public Task<Snapshot?> ReadSnapshotAsync(string journal, long atOrBefore, CancellationToken cancellationToken) => Task.FromResult<Snapshot?>(null);

    public Task WriteSnapshotAsync(string journal, long position, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        => throw new InvalidOperationException("The catalogue takes no snapshots.");

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. _journals.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order()]);
        }
    }

    public IReadOnlyList<JournalEntry> EntriesOf(string journal)
    {
        lock (_lock)
        {
            return [.. _journals.GetValueOrDefault(journal) ?? []];
        }
    }

    private sealed class Writer(InMemoryJournals owner, string journal, long epoch) : JournalWriter
    {
        public override string Journal => journal;

        public override long Tail => owner.EntriesOf(journal).Count;

        public override ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            lock (owner._lock)
            {
                if (owner.Failing)
                {
                    throw new StoreUnavailableException("The store is switched off for a test.");
                }

                if (owner._epochs[journal] != epoch)
                {
                    throw new FencedException(journal);
                }

                if (!owner._journals.TryGetValue(journal, out var entries))
                {
                    owner._journals[journal] = entries = [];
                }

                var entry = new JournalEntry(entries.Count + 1, owner.Now(), payload);
                entries.Add(entry);
                return new(new Appended(entry.Position, entry.RecordedAt));
            }
        }
    }

    private DateTimeOffset Now() => time.GetUtcNow();
}
