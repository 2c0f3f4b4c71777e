using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EarlyWarning.Store;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Notification.Tests.Infrastructure;

/// <summary>Journals and due times in memory; they outlast the cluster that uses them, as a disk outlasts a process.</summary>
internal sealed class MemoryStore(TimeProvider time) : IJournals, IDueTimes
{
    private readonly ConcurrentDictionary<string, List<JournalEntry>> _journals = new();
    private readonly ConcurrentDictionary<string, Snapshot> _snapshots = new();
    private readonly ConcurrentDictionary<string, int> _epochs = new();
    private readonly ConcurrentDictionary<(string Queue, string Member), DateTimeOffset> _due = new();

    /// <summary>Called before each append with its payload; what it throws, the append throws, with nothing stored.</summary>
    public Action<ReadOnlyMemory<byte>> BeforeAppend { get; set; } = _ => { };

    public IReadOnlyList<JournalEntry> Entries(string journal)
    {
        var entries = _journals.GetOrAdd(journal, _ => []);
        lock (entries)
        {
            return [.. entries];
        }
    }

    public DateTimeOffset? Due(string queue, string member) => _due.TryGetValue((queue, member), out var due) ? due : null;

    public Task<JournalWriter> OpenAsync(string journal, CancellationToken cancellationToken) =>
        Task.FromResult<JournalWriter>(new Writer(this, journal, _epochs.AddOrUpdate(journal, 1, (_, epoch) => epoch + 1)));

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string journal, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var entry in Entries(journal).Where(e => e.Position > after))
        {
            yield return entry;
        }
    }

    public Task<Snapshot?> ReadSnapshotAsync(string journal, long atOrBefore, CancellationToken cancellationToken) =>
        Task.FromResult<Snapshot?>(_snapshots.TryGetValue(journal, out var snapshot) && snapshot.Position <= atOrBefore ? snapshot : null);

    public Task WriteSnapshotAsync(string journal, long position, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        _snapshots[journal] = new(position, payload.ToArray());
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. _journals.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order()]);

    public Task SetAsync(string queue, string member, DateTimeOffset due, CancellationToken cancellationToken)
    {
        _due[(queue, member)] = due;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string queue, string member, CancellationToken cancellationToken)
    {
        _due.TryRemove((queue, member), out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DueTime>> DueAsync(string queue, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DueTime>>([.. _due
            .Where(d => d.Key.Queue == queue && d.Value <= now)
            .OrderBy(d => d.Value)
            .Take(limit)
            .Select(d => new DueTime(d.Key.Member, d.Value))]);

    public Task<bool> LeaseAsync(string queue, string holder, TimeSpan duration, CancellationToken cancellationToken) => Task.FromResult(true);

    private sealed class Writer(MemoryStore store, string journal, int epoch) : JournalWriter
    {
        private readonly List<JournalEntry> _entries = store._journals.GetOrAdd(journal, _ => []);

        public override string Journal => journal;

        public override long Tail => _entries.Count;

        public override async ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            await Task.Yield();
            Assert.InRange(payload.Length, 1, MaxPayload);
            store.BeforeAppend(payload);
            lock (_entries)
            {
                if (store._epochs[journal] != epoch)
                {
                    throw new FencedException(journal);
                }

                var entry = new JournalEntry(_entries.Count + 1, store.Now, payload.ToArray());
                _entries.Add(entry);
                return new(entry.Position, entry.RecordedAt);
            }
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
