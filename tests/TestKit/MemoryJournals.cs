using System.Runtime.CompilerServices;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.TestKit;

/// <summary>
/// Journals in memory, with the store's promises: one writer, fenced; times that do not go back; an append that fails may have happened. They outlast
/// whoever uses them, as a disk outlasts a process, and fail where a test says so.
/// </summary>
public sealed partial class MemoryJournals(TimeProvider time) : IJournals, IJournalTrimming
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Content> _contents = new(StringComparer.Ordinal);

    /// <summary>Gets the entries of a journal that are not trimmed.</summary>
    public IReadOnlyList<JournalEntry> Entries(string journal)
    {
        lock (_lock)
        {
            return [.. ContentOf(journal).Entries];
        }
    }

    /// <summary>Gets the position of a journal's last entry.</summary>
    public long Tail(string journal)
    {
        lock (_lock)
        {
            return ContentOf(journal).Tail;
        }
    }

    /// <summary>Gets how often journals whose names start so were read.</summary>
    public int Reads(string prefix)
    {
        lock (_lock)
        {
            return _contents.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(pair => pair.Value.Reads);
        }
    }

    /// <summary>Appends behind the back of the writer.</summary>
    public void Put(string journal, ReadOnlyMemory<byte> payload)
    {
        lock (_lock)
        {
            ContentOf(journal).Add(time.GetUtcNow(), payload);
        }
    }

    public Task<JournalWriter> OpenAsync(string journal, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        lock (_lock)
        {
            var content = ContentOf(journal);
            return Task.FromResult<JournalWriter>(new Writer(this, journal, ++content.Epoch, content.Tail));
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string journal, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_lock)
        {
            ContentOf(journal).Reads++;
        }

        foreach (var entry in Entries(journal).Where(entry => entry.Position > after))
        {
            yield return entry;
        }
    }

    public Task<Snapshot?> ReadSnapshotAsync(string journal, long atOrBefore, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(ContentOf(journal).Snapshot is { } snapshot && snapshot.Position <= atOrBefore ? snapshot : (Snapshot?)null);
        }
    }

    public Task WriteSnapshotAsync(string journal, long position, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        lock (_lock)
        {
            ContentOf(journal).Snapshot = new(position, payload.ToArray());
            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. _contents
                .Where(pair => pair.Value.Tail > 0 && pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(pair => pair.Key).Order(StringComparer.Ordinal)]);
        }
    }

    public Task TrimAsync(string journal, long position, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ContentOf(journal).Entries.RemoveAll(entry => entry.Position <= position);
            return Task.CompletedTask;
        }
    }

    private Content ContentOf(string journal)
    {
        if (!_contents.TryGetValue(journal, out var content))
        {
            _contents[journal] = content = new();
        }

        return content;
    }

    private sealed class Content
    {
        private DateTimeOffset _last;

        public List<JournalEntry> Entries { get; } = [];

        public Snapshot? Snapshot { get; set; }

        public long Tail { get; private set; }

        public int Epoch { get; set; }

        public int Reads { get; set; }

        public Appended Add(DateTimeOffset now, ReadOnlyMemory<byte> payload)
        {
            _last = now > _last ? now : _last;
            Entries.Add(new(++Tail, _last, payload.ToArray()));
            return new(Tail, _last);
        }
    }
}
