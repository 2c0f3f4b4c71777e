using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>
/// The feature of a stream that may be ended before it is over, because its caller would be refused by now. To the stream's handler its
/// caller went away; the caller reads the error.
/// </summary>
/// <param name="Fault">The error.</param>
/// <param name="Ended">Ends with the stream. Whoever sets the feature aborts the request by it.</param>
public sealed record CallEnding(RpcException Fault, CancellationToken Ended)
{
    /// <summary>Why a call was ended; <see langword="null"/> where it was not.</summary>
    internal static RpcException? FaultOf(HttpContext context) =>
        context.Features.Get<CallEnding>() is { Ended.IsCancellationRequested: true } ending ? ending.Fault : null;
}
