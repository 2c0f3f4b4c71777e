using System.Globalization;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Access.Rates;

/// <summary>Words and counts what is refused because its caller asks for more than it may.</summary>
internal sealed class RateFaults(AccessMetrics metrics)
{
    /// <summary>Makes the error, says in HTTP's header when to try again, and counts it.</summary>
    public RpcException Of(HttpContext context, string limit, string words, TimeSpan after)
    {
        Count(context, limit);
        var seconds = (long)Math.Ceiling(after.TotalSeconds);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var fault = Fault.Of(
            StatusCode.ResourceExhausted,
            ErrorReason.RateExceeded,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{words} Send the same again after {Math.Max(0.1, after.TotalSeconds):0.#} s; whoever runs the suite sets the limit with "
                    + $"--limit {limit}=…."
            ),
            ("limit", limit)
        );
        var status = fault.GetRpcStatus()!;
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = after.ToDuration() }));
        return status.ToRpcException();
    }

    /// <summary>Counts what was slowed.</summary>
    public void Count(HttpContext context, string limit) => metrics.Limited(limit, context.User.Identity?.IsAuthenticated == true);
}
