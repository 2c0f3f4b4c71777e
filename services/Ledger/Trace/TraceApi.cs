using EarlyWarning.ServiceDefaults.Errors;
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

        if (request.Country.Length > 0 && !tracer.Knows(request.Country))
        {
            throw Fault.Field(V1.ErrorReason.UnknownCountry, "country", $"'{request.Country}' is not an ISO 3166-1 alpha-3 code that the suite knows.",
                StatusCode.InvalidArgument, ("country", request.Country));
        }

        return await tracer.TraceAsync(request.Id, request.Country, context.CancellationToken)
            ?? throw Fault.NotFound(request.Id);
    }
}
