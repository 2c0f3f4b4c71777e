using EarlyWarning.Store.Databases;

namespace EarlyWarning.Store.Committing;

/// <summary>Something for the committer's thread: a unit to commit, or a job that needs the writing session to itself.</summary>
internal sealed class CommitterJob
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CommitterJob(Unit? unit, Action<DatabaseSession>? job, long waitingSince, CancellationToken cancellationToken) =>
        (Unit, Job, WaitingSince, CancellationToken) = (unit, job, waitingSince, cancellationToken);

    public Unit? Unit { get; }

    public Action<DatabaseSession>? Job { get; }

    public long WaitingSince { get; }

    public CancellationToken CancellationToken { get; }

    public Task Done => _done.Task;

    public static CommitterJob Of(Unit unit, long now, CancellationToken cancellationToken) => new(unit, null, now, cancellationToken);

    public static CommitterJob Of(Action<DatabaseSession> job, long now) => new(null, job, now, default);

    public void Complete() => _done.TrySetResult();

    public void Fail(Exception exception) => _done.TrySetException(exception);

    public void Cancel() => _done.TrySetCanceled(CancellationToken);
}
