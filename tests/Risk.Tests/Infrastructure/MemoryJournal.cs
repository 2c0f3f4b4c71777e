using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>A journal in memory, whose appends end at once.</summary>
internal sealed class MemoryJournal(string name, TimeProvider time) : JournalWriter
{
    public List<JournalEntry> Entries { get; } = [];

    public override string Journal => name;

    public override long Tail => Entries.Count;

    public override Appended Upcoming() => new(Tail + 1, time.GetUtcNow());

    public override ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, Unit? unit, CancellationToken cancellationToken)
    {
        var next = Upcoming();
        Entries.Add(new(next.Position, next.RecordedAt, payload));
        return new(next);
    }

    public override Task CommitAsync(Unit unit, CancellationToken cancellationToken) => Task.CompletedTask;
}
