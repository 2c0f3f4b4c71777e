using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace EarlyWarning.ServiceDefaults.Callers;

/// <summary>
/// Refuses what a web page that is none of ours makes a browser send: a call by a foreign name with 400, one of a foreign origin with 403, reads as
/// well as writes. It stands before everything that answers, on every port.
/// </summary>
internal sealed class ServedNamesCheck(RequestDelegate next, ServedNames names)
{
    /// <summary>Serves the call, or says what has to be named for it.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!names.Serves(request.Host) && context.GetEndpoint()?.Metadata.GetMetadata<AnyHost>() is null)
        {
            return FaultAnswer.WriteAsync(context, Fault.Field(V1.ErrorReason.HostNotServed, "host", request.Host.HasValue
                ? $"The suite is not called '{Trailers.Echo(request.Host.Host)}'. Call it by its address, or start it with --host {Trailers.Echo(request.Host.Host)}."
                : "The call has no Host header, which says by what name the suite is called. Send one."));
        }

        if (request.Headers.Origin is { Count: > 0 } origins && !(origins is [{ } origin] && names.Takes(origin, request.Host)))
        {
            context.Response.Headers.Vary = HeaderNames.Origin;
            return FaultAnswer.WriteAsync(context, Fault.Field(V1.ErrorReason.OriginNotServed, "origin",
                $"Pages of '{Trailers.Echo(origins.ToString())}' may not call this suite. If they should, start it with --origin and that origin.",
                StatusCode.PermissionDenied));
        }

        return next(context);
    }
}

/// <summary>Endpoint metadata: answers by whatever name it is called.</summary>
internal sealed record AnyHost;

/// <summary>Registers and puts before everything who may be called how.</summary>
internal static class ServedNamesExtensions
{
    /// <summary>What a page of another origin may read of an answer beside its body.</summary>
    private static readonly string[] s_exposed =
        ["grpc-status", "grpc-message", FaultAnswer.DetailsName, Arming.UnarmedHeader.Name, HeaderNames.Allow, HeaderNames.WWWAuthenticate];

    /// <summary>
    /// Adds the names. Pages of named origins may send what a client sends; a key only as a header of their own, never the one that the browser
    /// remembers for its user.
    /// </summary>
    public static void AddServedNames(this IServiceCollection services, ServedNames names) => services
        .AddSingleton(names)
        .AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. names.Origins])
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders(s_exposed)
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));

    /// <summary>Refuses foreign names and origins, and lets pages of named origins read what they are answered.</summary>
    public static void UseServedNames(this IApplicationBuilder app)
    {
        app.UseMiddleware<ServedNamesCheck>();
        if (app.ApplicationServices.GetRequiredService<ServedNames>().Origins.Count > 0)
        {
            app.UseCors();
        }
    }

    /// <summary>
    /// Lets an endpoint answer by whatever name it is called: what watches over processes calls them by addresses and names that nobody told
    /// them of, and a suite that refused would be restarted for ever. Only for what a stranger may read.
    /// </summary>
    public static TBuilder AnswersAnyHost<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AnyHost());
}
