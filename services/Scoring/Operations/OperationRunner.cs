using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Health;
using EarlyWarning.Store.Processes;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Operations;

/// <summary>
/// Runs what waits, the first started first, so many at once in each process. What ran in a process that has ended begins anew, in
/// whichever comes first; what a process was ended under as often as may be is given up. A result becomes durable with the end of its
/// operation, or neither does.
/// </summary>
internal sealed class OperationRunner(
    OperationReader reader,
    OperationCalls calls,
    OperationFaults faults,
    LiveOperations live,
    IStore store,
    IProcesses processes,
    IStoreHealth health,
    ScoringOptions options,
    TimeProvider time,
    ILogger<OperationRunner> logger,
    Readiness? readiness = null
) : BackgroundService
{
    /// <summary>How often a computation is tried that could not be carried out for a reason that passes.</summary>
    private const int Tries = 5;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>How often is looked at what other processes have started, cancelled or left.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>
    /// One that begins for the first time within this reads the present, which a direct call would not have read any sooner.
    /// </summary>
    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(5);
    private readonly OperationOptions _options = options.Operations;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using SemaphoreSlim slots = new(_options.AtOnce, _options.AtOnce);
        List<Task> running = [];
        try
        {
            // Nothing runs by this process yet, whatever a row says.
            await PersistAsync(token => RecoverAsync(["", processes.Own], token), stoppingToken);

            // Until then the catalogue may not be there, and what names a framework of it would fail.
            await (readiness?.ReadyAsync(stoppingToken) ?? Task.CompletedTask);
            while (true)
            {
                await slots.WaitAsync(stoppingToken);
                var started = store.Signals.WhenGiven(LiveOperations.Started);
                running.RemoveAll(task => task.IsCompleted);
                if (await PersistAsync(_ => TakeAsync(stoppingToken), stoppingToken) is { } taken)
                {
                    running.Add(RunAsync(taken, slots, stoppingToken));
                    continue;
                }

                slots.Release();
                await started.WaitAsync(s_look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }

        await Task.WhenAll(running);
    }

    /// <summary>Lets what ran in processes that have ended wait again.</summary>
    private async Task<bool> RecoverAsync(IReadOnlyCollection<string> ended, CancellationToken cancellationToken)
    {
        var unit = new Unit();
        foreach (var holder in ended)
        {
            unit.Recover(holder, _options.MostAttempts);
        }

        await store.CommitAsync(unit, cancellationToken);
        foreach (var left in (await reader.InAsync(State.Running, cancellationToken)).Where(left => ended.Contains(left.Holder)))
        {
            logger.Abandoned(left.Name, left.Attempts);
            await store.CommitAsync(
                new Unit().Fail(left.Name, OperationFaults.Abandoned(left.Attempts), time.GetUtcNow(), _options.Retention),
                cancellationToken
            );
        }

        return true;
    }

    /// <summary>Takes the next one; that it was begun is durable before it runs, so that one which ends the process is known.</summary>
    private async Task<Taken?> TakeAsync(CancellationToken stopping)
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

    /// <summary>
    /// The present is in memory; what was known at another moment is read from whole journals, which is for those alone that begin late or
    /// anew.
    /// </summary>
    private DateTimeOffset? MomentOf(OperationState state) =>
        state.Attempts == 0 && time.GetUtcNow() - state.Created < s_prompt ? null : state.Created;

    private async Task RunAsync(Taken taken, SemaphoreSlim slots, CancellationToken stopping)
    {
        try
        {
            var computing = Task.Run(() => ComputeAsync(taken), taken.Running.Ending);
            await WatchAsync(taken, computing);
            var end = await computing;
            await PersistAsync(token => CommitAsync(end(), token), stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            await PutBackAsync(taken.Name);
        }
        catch (Exception) when (taken.Running.Ending.IsCancellationRequested)
        {
            // Its row says already that it was cancelled, or is gone.
        }
        finally
        {
            live.Leave(taken.Name);
            store.Signals.Give(LiveOperations.Ended);
            slots.Release();
        }
    }

    /// <summary>Stops one that was cancelled, or taken over, by another process.</summary>
    private async Task WatchAsync(Taken taken, Task computing)
    {
        while (await Task.WhenAny(computing, Task.Delay(s_look, time)) != computing)
        {
            try
            {
                if (
                    await reader.FindAsync(taken.Name, taken.Running.Ending) is not ({ State: State.Running } state, _)
                    || state.Holder != processes.Own
                )
                {
                    taken.Running.Cancel();
                    return;
                }
            }
            catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
            {
                // It is looked at again, or has ended.
            }
        }
    }

    /// <summary>Computes, and gives what then becomes of the operation: a unit of its own for each try to commit it.</summary>
    private async Task<Func<Unit>> ComputeAsync(Taken taken)
    {
        var (name, request, running) = taken;
        for (var attempt = 1; ; attempt++)
        {
            Google.Rpc.Status error;
            try
            {
                var result = await calls.MakeAsync(V1.StartOperationRequest.Parser.ParseFrom(request), running.Run(), running.Ending);
                var bytes = result.CalculateSize();
                if (bytes <= _options.MaxResultBytes)
                {
                    var stored = result.ToByteArray();
                    return () => new Unit().Succeed(name, stored, time.GetUtcNow(), _options.Retention);
                }

                error = OperationFaults.TooLarge(bytes, _options.MaxResultBytes);
            }
#pragma warning disable CA1031 // Whatever goes wrong, whoever started it is told.
            catch (Exception exception) when (!running.Ending.IsCancellationRequested)
#pragma warning restore CA1031
            {
                error = faults.Of(exception, name);
            }

            if (error.Code != (int)StatusCode.Unavailable || attempt == Tries)
            {
                return () => new Unit().Fail(name, error, time.GetUtcNow(), _options.Retention);
            }

            await Task.Delay(s_pause * Math.Pow(2, attempt - 1), time, running.Ending);
        }
    }

    private async Task<bool> CommitAsync(Unit end, CancellationToken cancellationToken)
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

    private async Task PutBackAsync(string name)
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

    /// <summary>Does something with the store, for as long as it does not answer again and again.</summary>
    private async Task<T> PersistAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        for (var told = false; ; )
        {
            var reason = health.Quiet;
            try
            {
                if (reason.Length == 0)
                {
                    return await act(cancellationToken);
                }
            }
#pragma warning disable CA1031 // Nothing else runs what waits, so whatever one round meets, the next one is tried.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                reason = exception.Message;
            }

            if (!told)
            {
                logger.Waits(reason);
                told = true;
            }

            await Task.Delay(s_pause, time, cancellationToken);
        }
    }

    private sealed record Taken(string Name, byte[] Request, LiveOperation Running);
}
