using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using Grpc.Core;

namespace EarlyWarning.Ledger.Trace;

/// <summary>TraceService: checks the request, asks the tracer.</summary>
internal sealed class TraceApi(Tracer tracer) : V1.TraceService.TraceServiceBase
{
    private const int LongestId = 200;

    public override async Task<V1.TraceResponse> Trace(V1.TraceRequest request, ServerCallContext context)
    {
        if (request.Id.Length is 0 or > LongestId)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "id", $"Give an id of 1 to {LongestId} characters.");
        }

        RequestFilters.Countries(request.Countries, tracer.Knows);
        return await tracer.TraceAsync(request.Id, request.Countries, context.CancellationToken) ?? throw Fault.NotFound(request.Id);
    }
}
