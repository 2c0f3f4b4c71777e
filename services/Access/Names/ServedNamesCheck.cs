using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EarlyWarning.Access.Names;

/// <summary>
/// Refuses what a web page that is none of ours makes a browser send: a call by a foreign name with 400, one of a foreign origin with 403,
/// reads as well as writes. It stands before everything that answers, on every port.
/// </summary>
internal sealed class ServedNamesCheck(RequestDelegate next, ServedNames names)
{
    /// <summary>Serves the call, or says what has to be named for it.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!names.Serves(request.Host) && context.GetEndpoint()?.Metadata.GetMetadata<AnyHost>() is null)
        {
            return FaultAnswer.WriteAsync(
                context,
                Fault.Field(
                    V1.ErrorReason.HostNotServed,
                    "host",
                    request.Host.HasValue
                        ? $"The suite is not called '{Trailers.Echo(request.Host.Host)}'. Call it by its address, or start it with "
                            + $"--host {Trailers.Echo(request.Host.Host)}."
                        : "The call has no Host header, which says by what name the suite is called. Send one."
                )
            );
        }

        if (request.Headers.Origin is { Count: > 0 } origins && !(origins is [{ } origin] && names.Takes(origin, request.Host)))
        {
            context.Response.Headers.Vary = HeaderNames.Origin;
            return FaultAnswer.WriteAsync(
                context,
                Fault.Field(
                    V1.ErrorReason.OriginNotServed,
                    "origin",
                    $"Pages of '{Trailers.Echo(origins.ToString())}' may not call this suite. If they should, start it with --origin and "
                        + $"that origin.",
                    StatusCode.PermissionDenied
                )
            );
        }

        return next(context);
    }
}
