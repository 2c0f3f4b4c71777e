using System.Runtime.CompilerServices;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.TestKit;

/// <summary>Journals that were written before, in memory, for what only reads them.</summary>
public sealed class WrittenJournals : IJournals
{
    private readonly Dictionary<string, List<JournalEntry>> _entries = new(StringComparer.Ordinal);

    /// <summary>Adds an entry.</summary>
    public void Put(string journal, JournalEntry entry)
    {
        if (!_entries.TryGetValue(journal, out var entries))
        {
            _entries.Add(journal, entries = []);
        }

        entries.Add(entry);
    }

    public Task<JournalWriter> OpenAsync(string journal, CancellationToken cancellationToken) =>
        throw new NotSupportedException("It is only read.");

    public IAsyncEnumerable<JournalEntry> ReadAsync(string journal, long after, CancellationToken cancellationToken) =>
        ReadAsync(journal, after, long.MaxValue, cancellationToken);

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string journal,
        long after,
        long last,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        foreach (var entry in _entries.GetValueOrDefault(journal, []).Where(entry => entry.Position > after && entry.Position <= last))
        {
            yield return entry;
        }
    }

    public Task<IReadOnlyList<JournalEntry>> ReadAtAsync(
        string journal,
        IReadOnlyList<long> positions,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<JournalEntry>>([
            .. _entries.GetValueOrDefault(journal, []).Where(entry => positions.Contains(entry.Position)),
        ]);

    public Task<Snapshot?> ReadSnapshotAsync(string journal, long atOrBefore, CancellationToken cancellationToken) =>
        Task.FromResult<Snapshot?>(null);

    public Task WriteSnapshotAsync(string journal, long position, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        throw new NotSupportedException("It is only read.");

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([
            .. _entries.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ]);
}
