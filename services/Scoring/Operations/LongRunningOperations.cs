using System.Security.Cryptography;
using EarlyWarning.Contracts.Registers;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Requests;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Operations;

/// <summary>Takes long calls in, and answers how they stand. Thread-safe.</summary>
internal sealed class LongRunningOperations(
    OperationReader reader,
    LiveOperations live,
    FrameworkResolver choices,
    IStore store,
    OperationOptions options,
    TimeProvider time,
    IHostApplicationLifetime lifetime
) : IDisposable
{
    private const int IdLength = 16;

    /// <summary>A signal between processes can be lost.</summary>
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    /// <summary>One start at a time, so that no more wait than may.</summary>
    private readonly SemaphoreSlim _starting = new(1, 1);

    /// <summary>Starts one.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="mark">The request's mark, under which the answer is kept with the start; empty where it has no id.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="RpcException">It is refused.</exception>
    public async Task<V1.StartOperationResponse> StartAsync(
        V1.StartOperationRequest request,
        string mark,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            var fixedRequest = OperationRequests.Fixed(request, choices).ToByteArray();
            Admit(await reader.CountAsync(cancellationToken), fixedRequest.Length);
            OperationState started = new(
                $"{OperationRequests.Prefix}{RandomNumberGenerator.GetHexString(IdLength, lowercase: true)}",
                OperationCalls.MethodOf(request),
                State.Queued,
                caller.Name,
                caller.Verified,
                request.RequestId,
                time.GetUtcNow()
            );
            V1.StartOperationResponse answer = new() { Operation = Tell(started) };
            await store.CommitAsync(
                new Unit().Start(started, fixedRequest).KeepRequest(mark, answer.ToByteArray(), time.GetUtcNow()),
                cancellationToken
            );
            return answer;
        }
        finally
        {
            // Also where the commit's outcome is not known.
            store.Signals.Give(LiveOperations.Started);
            _starting.Release();
        }
    }

    /// <summary>Gets one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="withResult">Gets its result too, where it has one.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public async Task<V1.Operation> GetAsync(string name, bool withResult, CancellationToken cancellationToken) =>
        await reader.FindAsync(name, cancellationToken) is var (state, result)
            ? Tell(state, withResult ? result : null)
            : throw Fault.NotFound(name);

    /// <summary>Waits until one has ended, at most for a time, and gets it with its result.</summary>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public async Task<V1.Operation> WaitAsync(string name, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var started = time.GetTimestamp();
        while (true)
        {
            // Taken before the row is read, so that an end after the read is not missed.
            var next = store.Signals.WhenGiven(LiveOperations.Ended);
            var operation = await GetAsync(name, withResult: true, cancellationToken);
            var left = patience - time.GetElapsedTime(started);
            if (operation.EndTime is not null || left <= TimeSpan.Zero || either.IsCancellationRequested)
            {
                return operation;
            }

            try
            {
                await next.WaitAsync(left < s_poll ? left : s_poll, time, either.Token);
            }
            catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Gets those that a filter keeps after a place, without their results, and how many it keeps in all.</summary>
    public async Task<(IReadOnlyList<V1.Operation> Items, long Total)> ListAsync(
        V1.ListOperationsRequest filter,
        RegisterKey? after,
        int take,
        CancellationToken cancellationToken
    ) =>
        (
            [.. (await reader.PageAsync(filter, after, take, cancellationToken)).Select(state => Tell(state))],
            await reader.CountAsync(filter, cancellationToken)
        );

    /// <summary>Ends one that has not ended.</summary>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public async Task<V1.Operation> CancelAsync(string name, Caller by, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(name, cancellationToken)).IsOver)
        {
            try
            {
                await store.CommitAsync(
                    new Unit().Cancel(name, OperationFaults.Cancelled(by.Name), time.GetUtcNow(), options.Retention),
                    cancellationToken
                );
            }
            catch (StoreConflictException)
            {
                // It has ended in this moment, which is as good.
            }

            live.Cancel(name);
            store.Signals.Give(LiveOperations.Ended);
        }

        return await GetAsync(name, withResult: false, cancellationToken);
    }

    /// <summary>Deletes one, and stops it where it runs.</summary>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await store.CommitAsync(new Unit().Forget(name), cancellationToken);
        }
        catch (StoreConflictException)
        {
            throw Fault.NotFound(name);
        }

        live.Cancel(name);
        store.Signals.Give(LiveOperations.Ended);
    }

    /// <summary>Forgets one whose time is over. Called when it is due, and again until it is gone.</summary>
    public async Task ExpireAsync(string name, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(name, cancellationToken);
        if (found is { State.Expires: { } expires } && expires > time.GetUtcNow())
        {
            return;
        }

        try
        {
            await store.CommitAsync(found is null ? new Unit().Unlist(name) : new Unit().Forget(name), cancellationToken);
        }
        catch (StoreConflictException)
        {
            // Somebody has deleted it in this moment.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _starting.Dispose();

    private void Admit(IReadOnlyDictionary<State, OperationCount> counts, long bytes)
    {
        if (counts.GetValueOrDefault(State.Queued)?.Count >= options.MostQueued)
        {
            throw Full(
                $"{options.MostQueued} operations wait, and no more may. Wait until some have ended, or cancel some: "
                    + "`ew operations` lists them."
            );
        }

        var (kept, size) = (counts.Values.Sum(count => count.Count), counts.Values.Sum(count => count.Bytes));
        if (kept >= options.MostKept || size + bytes > options.MostKeptBytes)
        {
            throw Full(
                $"{kept} operations with {size >> 20} MB are kept, and no more may be. Delete those that are not needed any more, "
                    + $"or wait: each is forgotten {options.Retention.TotalHours:0.#} hours after its end."
            );
        }
    }

    private async Task<OperationState> FindAsync(string name, CancellationToken cancellationToken) =>
        await reader.FindAsync(name, cancellationToken) is var (state, _) ? state : throw Fault.NotFound(name);

    private V1.Operation Tell(OperationState state, byte[]? result = null) => state.Tell(live.ProgressOf(state.Name), result);

    private static RpcException Full(string message) => Fault.Of(StatusCode.ResourceExhausted, V1.ErrorReason.TooManyOperations, message);
}
