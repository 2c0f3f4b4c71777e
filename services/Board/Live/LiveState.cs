namespace EarlyWarning.Board.Live;

/// <summary>The newest state, and a way to wait for a newer one. Thread-safe.</summary>
internal sealed class LiveState
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BoardState Current { get; private set; } = BoardState.Empty;

    public void Change(Func<BoardState, BoardState> change)
    {
        lock (_gate)
        {
            Current = change(Current);
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
