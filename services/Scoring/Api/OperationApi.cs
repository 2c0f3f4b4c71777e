using EarlyWarning.Contracts.Registers;
using EarlyWarning.Scoring.Operations;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.ServiceDefaults.Requests;
using EarlyWarning.ServiceDefaults.Revisions;
using EarlyWarning.ServiceDefaults.Times;
using Grpc.Core;

namespace EarlyWarning.Scoring.Api;

/// <summary>Serves the long calls that go on without their callers.</summary>
internal sealed class OperationApi(LongRunningOperations operations, MinimumRevisions minima, PageTokens tokens)
    : V1.OperationService.OperationServiceBase
{
    /// <summary>A wait ends this long before the caller's deadline, so that the answer still arrives.</summary>
    private static readonly TimeSpan s_reserve = TimeSpan.FromMilliseconds(100);

    public override async Task<V1.StartOperationResponse> StartOperation(V1.StartOperationRequest request, ServerCallContext context)
    {
        if (OperationCalls.MethodOf(request) == V1.Operation.Types.Method.Unspecified)
        {
            throw Fault.Field(V1.ErrorReason.FieldMissing, "call", "There is no call. Give one, such as fit_model.");
        }

        await minima.ReachedAsync(OperationRequests.Minima(request), context);
        return await operations.StartAsync(request, RequestMarks.Of(context), Caller.Of(context), context.CancellationToken);
    }

    public override async Task<V1.GetOperationResponse> GetOperation(V1.GetOperationRequest request, ServerCallContext context) =>
        new() { Operation = await operations.GetAsync(OperationRequests.Name(request.Name), withResult: true, context.CancellationToken) };

    public override async Task<V1.ListOperationsResponse> ListOperations(V1.ListOperationsRequest request, ServerCallContext context)
    {
        OperationRequests.Check(request);
        var size = PageTokens.Size(request.PageSize, 50, 500);
        var after = tokens.After(request, request.PageToken, RegisterKey.Parse);
        var (items, total) = await operations.ListAsync(request, after, size + 1, context.CancellationToken);
        var fit = PageFit.Count(items, size);
        return new()
        {
            Operations = { items.Take(fit) },
            NextPageToken =
                items.Count > fit
                    ? tokens.Encode(request, new RegisterKey(items[fit - 1].CreateTime.UtcTicks(), items[fit - 1].Name).ToString())
                    : "",
            TotalSize = total,
        };
    }

    public override async Task<V1.WaitOperationResponse> WaitOperation(V1.WaitOperationRequest request, ServerCallContext context)
    {
        var (name, wait) = (OperationRequests.Name(request.Name), OperationRequests.Wait(request.Timeout));
        var left = context.Left() - s_reserve ?? wait;
        return new() { Operation = await operations.WaitAsync(name, left < wait ? left : wait, context.CancellationToken) };
    }

    public override async Task<V1.CancelOperationResponse> CancelOperation(V1.CancelOperationRequest request, ServerCallContext context) =>
        new()
        {
            Operation = await operations.CancelAsync(OperationRequests.Name(request.Name), Caller.Of(context), context.CancellationToken),
        };

    public override async Task<V1.DeleteOperationResponse> DeleteOperation(V1.DeleteOperationRequest request, ServerCallContext context)
    {
        await operations.DeleteAsync(OperationRequests.Name(request.Name), context.CancellationToken);
        return new();
    }
}
