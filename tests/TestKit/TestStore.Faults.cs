using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.TestKit;

/// <content>How appends fail.</content>
public sealed partial class TestStore
{
    private Task _held = Task.CompletedTask;

    /// <summary>Says what becomes of an append to a journal; what it throws, the append throws, with nothing stored.</summary>
    public Func<string, ReadOnlyMemory<byte>, Fate> Fate { get; set; } = (_, _) => TestKit.Fate.Appends;

    /// <summary>While set, the store is away: appends, opening and snapshots fail.</summary>
    public bool Broken { get; set; }

    /// <summary>The next append is made and then reported as failed.</summary>
    public bool LoseNextAnswer { get; set; }

    /// <summary>The next unit of tables is committed and then reported as failed.</summary>
    public bool LoseNextCommit { get; set; }

    /// <summary>Runs once before the next unit of tables is committed: what another process does in between.</summary>
    public Func<Task>? BeforeNextCommit { get; set; }

    /// <summary>Whether an append waits for what <see cref="Hold"/> gave.</summary>
    public bool Holding { get; private set; }

    /// <summary>From here on every append waits until the result is set.</summary>
    public TaskCompletionSource Hold()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held = held.Task;
        return held;
    }

    private void ThrowIfBroken()
    {
        if (Broken)
        {
            throw new StoreUnavailableException("The store is away.");
        }
    }

    private void ThrowIfLost()
    {
        if (LoseNextCommit)
        {
            LoseNextCommit = false;
            throw new StoreUnavailableException("No answer in time.");
        }
    }

    private sealed class Writer(TestStore store, JournalWriter inner) : JournalWriter
    {
        public override string Journal => inner.Journal;

        public override long Tail => inner.Tail;

        public override Appended Upcoming() => inner.Upcoming();

        public override async Task CommitAsync(Unit unit, CancellationToken cancellationToken)
        {
            await store._held;
            store.ThrowIfBroken();
            await inner.CommitAsync(unit, cancellationToken);
        }

        public override async ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, Unit? unit, CancellationToken cancellationToken)
        {
            store.Holding = !store._held.IsCompleted;
            await store._held;
            store.ThrowIfBroken();
            var fate = store.Fate(Journal, payload);
            if (fate == TestKit.Fate.FailsBefore)
            {
                throw new StoreUnavailableException("The disk is full.");
            }

            var appended = await inner.AppendAsync(payload, unit, cancellationToken);
            if (fate == TestKit.Fate.FailsAfter || store.LoseNextAnswer)
            {
                store.LoseNextAnswer = false;
                throw new StoreUnavailableException("No answer in time.");
            }

            return appended;
        }
    }
}
