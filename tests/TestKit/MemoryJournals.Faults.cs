using EarlyWarning.Store;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.TestKit;

/// <content>How appends are made, and how they fail.</content>
public sealed partial class MemoryJournals
{
    private Task _held = Task.CompletedTask;

    /// <summary>Says what becomes of an append to a journal; what it throws, the append throws, with nothing stored.</summary>
    public Func<string, ReadOnlyMemory<byte>, Fate> Fate { get; set; } = (_, _) => TestKit.Fate.Appends;

    /// <summary>While set, the store is away: appends, opening and snapshots fail.</summary>
    public bool Broken { get; set; }

    /// <summary>The next append is made and then reported as failed.</summary>
    public bool LoseNextAnswer { get; set; }

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

    private sealed class Writer(MemoryJournals journals, string journal, int epoch, long tail) : JournalWriter
    {
        public override string Journal => journal;

        public override long Tail => tail;

        public override async ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            await Task.Yield();
            journals.Holding = !journals._held.IsCompleted;
            await journals._held;
            journals.ThrowIfBroken();
            if (payload.Length is 0 or > MaxPayload)
            {
                throw new ArgumentException($"An append has 1 to {MaxPayload} bytes, not {payload.Length}.", nameof(payload));
            }

            ThrowIfFenced();
            var fate = journals.Fate(journal, payload);
            if (fate == TestKit.Fate.FailsBefore)
            {
                throw new StoreUnavailableException("The disk is full.");
            }

            Appended appended;
            lock (journals._lock)
            {
                ThrowIfFenced();
                appended = journals.ContentOf(journal).Add(journals.Now, payload);
            }

            if (fate == TestKit.Fate.FailsAfter || journals.LoseNextAnswer)
            {
                journals.LoseNextAnswer = false;
                throw new StoreUnavailableException("No answer in time.");
            }

            tail = appended.Position;
            return appended;
        }

        private void ThrowIfFenced()
        {
            lock (journals._lock)
            {
                if (journals.ContentOf(journal).Epoch != epoch)
                {
                    throw new FencedException(journal);
                }
            }
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
