using EarlyWarning.Store;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Escalation.Tests.Infrastructure;

/// <summary>Journals in memory, with the store's promises: one writer, fenced; an append that fails may have happened.</summary>
internal sealed class MemoryJournals(TimeProvider time) : IJournals
{
    private readonly Dictionary<string, List<JournalEntry>> _entries = [];
    private readonly Dictionary<string, Snapshot> _snapshots = [];
    private readonly Dictionary<string, int> _epochs = [];

    /// <summary>The next append lands and is not confirmed.</summary>
    public bool LoseNextConfirmation { get; set; }

    public List<JournalEntry> Entries(string journal) => _entries.TryGetValue(journal, out var entries) ? entries : _entries[journal] = [];

    public Task<JournalWriter> OpenAsync(string journal, CancellationToken cancellationToken)
    {
        _epochs[journal] = _epochs.GetValueOrDefault(journal) + 1;
        return Task.FromResult<JournalWriter>(new Writer(this, journal, _epochs[journal]));
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string journal, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var entry in Entries(journal).Where(entry => entry.Position > after).ToList())
        {
            yield return entry;
        }
    }

    public Task<Snapshot?> ReadSnapshotAsync(string journal, long atOrBefore, CancellationToken cancellationToken) =>
        Task.FromResult(_snapshots.TryGetValue(journal, out var snapshot) && snapshot.Position <= atOrBefore ? snapshot : (Snapshot?)null);

    public Task WriteSnapshotAsync(string journal, long position, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        _snapshots[journal] = new(position, payload);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. _entries.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);

    private sealed class Writer(MemoryJournals owner, string journal, int epoch) : JournalWriter
    {
        public override string Journal => journal;

        public override long Tail => owner.Entries(journal).Count;

        public override ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            if (owner._epochs[journal] != epoch)
            {
                throw new FencedException(journal);
            }

            Assert.InRange(payload.Length, 1, MaxPayload);
            var appended = new Appended(Tail + 1, owner.Now);
            owner.Entries(journal).Add(new(appended.Position, appended.RecordedAt, payload));
            if (owner.LoseNextConfirmation)
            {
                owner.LoseNextConfirmation = false;
                throw new StoreUnavailableException("The store did not confirm in time.");
            }

            return ValueTask.FromResult(appended);
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
