using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Roles;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EarlyWarning.Access.Rates;

/// <summary>
/// Holds calls to what their caller may ask for. It stands behind what learns who calls, so that nobody with a key is refused for a
/// neighbour at the same address, and before what reads a request. The suite's own clients have no limit, nor has what answers anybody.
/// </summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, AnonymousAccess anonymous, RateLimits limits, RateFaults faults)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var known = context.User.Identity?.IsAuthenticated == true;
        if (
            limits.Current(anonymous.IsOpen && !known) is not { } rates
            || context.GetEndpoint() is not { } endpoint
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || context.Features.Get<CallerGrants>() == CallerGrants.Suite
        )
        {
            await next(context);
            return;
        }

        if (!known && !anonymous.IsOpen)
        {
            // Who is not known is refused by what stands behind: this only counts how often.
            await (
                rates.Unknown(context.Connection.RemoteIpAddress) is { } later
                    ? FaultAnswer.WriteAsync(
                        context,
                        faults.Of(
                            context,
                            "unknown-per-minute",
                            "Too many calls without a key that the suite knows come from this address.",
                            later
                        )
                    )
                    : next(context)
            );
            return;
        }

        var rate = known ? rates.Of(context.User.Identity!.Name!) : rates.Of(context.Connection.RemoteIpAddress);
        var isStream = endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is { } rpc
            ? rpc.Method.Type != MethodType.Unary
            : context.Request.Headers.Upgrade.Count > 0
                || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
        if (rate.Begin() is { } after)
        {
            await FaultAnswer.WriteAsync(
                context,
                faults.Of(context, "calls-per-second", "The caller begins more calls a second than it may.", after)
            );
            return;
        }

        if (!rate.Enter(isStream))
        {
            await FaultAnswer.WriteAsync(
                context,
                isStream
                    ? faults.Of(
                        context,
                        "open-streams",
                        "The caller holds as many streams open as it may. End some.",
                        TimeSpan.FromSeconds(5)
                    )
                    : faults.Of(context, "calls-at-once", "The caller has as many calls under way as it may.", TimeSpan.FromSeconds(1))
            );
            return;
        }

        context.Features.Set(rate);
        try
        {
            await next(context);
        }
        finally
        {
            rate.Leave(isStream);
        }
    }
}
