using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Processes;
using Microsoft.Extensions.Logging;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Operations;

/// <summary>Takes operations for this process, holds them while they run, and lets go of them. Thread-safe.</summary>
internal sealed class OperationClaims(
    OperationReader reader,
    LiveOperations live,
    IStore store,
    IProcesses processes,
    OperationOptions options,
    TimeProvider time,
    ILogger<OperationClaims> logger
)
{
    /// <summary>
    /// One that begins for the first time within this reads the present, which a direct call would not have read any sooner.
    /// </summary>
    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(5);

    /// <summary>Completes when one is started, here or elsewhere.</summary>
    public Task WhenStarted() => store.Signals.WhenGiven(LiveOperations.Started);

    /// <summary>Lets what this process ran before its start wait again: nothing runs by it yet, whatever a row says.</summary>
    public Task<bool> RecoverOwnAsync(CancellationToken cancellationToken) => RecoverAsync(["", processes.Own], cancellationToken);

    /// <summary>Takes the next one; that it was begun is durable before it runs, so that one which ends the process is known.</summary>
    public async Task<ClaimedOperation?> TakeAsync(CancellationToken stopping)
    {
        var running = await reader.InAsync(State.Running, stopping);
        foreach (var lost in running.Where(one => one.Holder == processes.Own && !live.Runs(one.Name)))
        {
            // It was begun by a commit whose outcome was not known.
            await PutBackAsync(lost.Name);
        }

        string[] others = [.. running.Select(one => one.Holder).Where(holder => holder != processes.Own).Distinct()];
        if (await processes.EndedAsync(others, stopping) is { Count: > 0 } ended)
        {
            await RecoverAsync(ended, stopping);
        }

        while (await reader.NextAsync(stopping) is var (state, request))
        {
            // Entered first, so that whoever cancels it finds it.
            var begun = live.Begin(state.Name, MomentOf(state), stopping);
            try
            {
                await store.CommitAsync(new Unit().Begin(state.Name, processes.Own, time.GetUtcNow()), stopping);
                return new(state.Name, request, begun);
            }
            catch (StoreConflictException)
            {
                // It was cancelled in this moment.
                live.Leave(state.Name);
            }
            catch
            {
                live.Leave(state.Name);
                throw;
            }
        }

        return null;
    }

    /// <summary>Whether this process may go on with one: nobody has cancelled it, and no other process has taken it over.</summary>
    public async Task<bool> HoldsAsync(ClaimedOperation taken) =>
        await reader.FindAsync(taken.Name, taken.Running.Ending) is ({ State: State.Running } state, _) && state.Holder == processes.Own;

    /// <summary>Commits what one has come to.</summary>
    public async Task<bool> EndAsync(Unit end, CancellationToken cancellationToken)
    {
        try
        {
            await store.CommitAsync(end, cancellationToken);
        }
        catch (StoreConflictException)
        {
            // It was cancelled or deleted meanwhile, or an earlier try went through after all.
        }

        return true;
    }

    /// <summary>Lets one wait again that could not be ended.</summary>
    public async Task PutBackAsync(string name)
    {
        try
        {
            await store.CommitAsync(new Unit().PutBack(name, processes.Own), CancellationToken.None);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or StoreConflictException)
        {
            // The next start finds it as if the process had been killed.
        }
    }

    /// <summary>Lets go of one that has ended here.</summary>
    public void Leave(ClaimedOperation taken)
    {
        live.Leave(taken.Name);
        store.Signals.Give(LiveOperations.Ended);
    }

    /// <summary>Lets what ran in processes that have ended wait again.</summary>
    private async Task<bool> RecoverAsync(IReadOnlyCollection<string> ended, CancellationToken cancellationToken)
    {
        var unit = new Unit();
        foreach (var holder in ended)
        {
            unit.Recover(holder, options.MostAttempts);
        }

        await store.CommitAsync(unit, cancellationToken);
        foreach (var left in (await reader.InAsync(State.Running, cancellationToken)).Where(left => ended.Contains(left.Holder)))
        {
            logger.Abandoned(left.Name, left.Attempts);
            await store.CommitAsync(
                new Unit().Fail(left.Name, OperationFaults.Abandoned(left.Attempts), time.GetUtcNow(), options.Retention),
                cancellationToken
            );
        }

        return true;
    }

    /// <summary>
    /// The present is in memory; what was known at another moment is read from whole journals, which is for those alone that begin late or
    /// anew.
    /// </summary>
    private DateTimeOffset? MomentOf(OperationState state) =>
        state.Attempts == 0 && time.GetUtcNow() - state.Created < s_prompt ? null : state.Created;
}

/// <summary>An operation that this process runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Running">How far it has come, and how to stop it.</param>
internal sealed record ClaimedOperation(string Name, byte[] Request, LiveOperation Running);
