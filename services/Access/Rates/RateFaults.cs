using System.Diagnostics.Metrics;
using System.Globalization;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Access.Rates;

/// <summary>Words and counts what is refused because its caller asks for more than it may.</summary>
internal static class RateFaults
{
    private static readonly Meter s_meter = new("EarlyWarning.Access");
    private static readonly Counter<long> s_limited = s_meter.CreateCounter<long>(
        "earlywarning.access.limited",
        "{call}",
        "Calls refused or slowed because their caller asked for more than it may, by limit and kind of caller."
    );

    /// <summary>Makes the error, says in HTTP's header when to try again, and counts it.</summary>
    public static RpcException Of(HttpContext context, string limit, string words, TimeSpan after)
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
    public static void Count(HttpContext context, string limit) =>
        s_limited.Add(1, new("limit", limit), new("caller", context.User.Identity?.IsAuthenticated == true ? "known" : "address"));
}
