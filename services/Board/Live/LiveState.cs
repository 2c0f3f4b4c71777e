namespace EarlyWarning.Board.Live;

/// <summary>The newest state, and a way to wait for a newer one. Thread-safe.</summary>
internal sealed class LiveState
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BoardState Current { get; private set; } = BoardState.Empty;

    /// <summary>When the suite last answered; absent before the first answer. That it did again is no news to whoever looks.</summary>
    public DateTimeOffset? HeardAt { get; private set; }

    /// <summary>Takes in what was heard, and tells whoever looks where that is another state.</summary>
    public void Hear(DateTimeOffset at, Func<BoardState, BoardState> change)
    {
        lock (_gate)
        {
            HeardAt = at;
            Change(change);
        }
    }

    public void Change(Func<BoardState, BoardState> change)
    {
        lock (_gate)
        {
            var next = change(Current);
            if (next == Current)
            {
                return;
            }

            Current = next;
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Completes when the state is another one than the one given.</summary>
    public Task ChangedAsync(BoardState from, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ReferenceEquals(from, Current) ? _changed.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
        }
    }
}
