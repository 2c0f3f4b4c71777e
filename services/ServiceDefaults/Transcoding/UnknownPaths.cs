using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>Names paths and verbs that there are not, and those that may have been meant.</summary>
internal static class UnknownPaths
{
    private const int Near = 3;
    private const int Most = 3;

    /// <summary>
    /// Throws where a path that the framework would take as a resource's name ends in a verb: no id has a colon but those that are the
    /// whole rest of a path.
    /// </summary>
    public static void ThrowIfVerb(RouteForm route, HttpContext context)
    {
        if (HasVerb(context) && !HasVerb(route.Pattern) && !route.Pattern.EndsWith("**}", StringComparison.Ordinal))
        {
            throw Of(context);
        }
    }

    /// <summary>Whether the path ends in a verb, after a colon.</summary>
    public static bool HasVerb(HttpContext context) => HasVerb(context.Request.Path.Value ?? "");

    /// <summary>The error of a path that is not served, or not with this HTTP method; then the header says which it takes.</summary>
    public static RpcException Of(HttpContext context)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "");
        var near = context
            .RequestServices.GetRequiredService<EndpointDataSource>()
            .Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>())
            .OfType<GrpcJsonTranscodingMetadata>()
            .Select(rpc => (Method: rpc.HttpRule.PatternCase.ToString().ToUpperInvariant(), Path: Plain(RouteForm.PatternOf(rpc.HttpRule))))
            .Select(known => (known.Method, known.Path, Distance: Distance(path, known.Path)))
            .Where(known => known.Distance <= Near)
            .OrderBy(known => known.Distance)
            .ThenBy(known => known.Method == method ? 0 : 1)
            .ToList();
        string?[] allowed = [.. near.TakeWhile(known => known.Distance == 0).Select(known => known.Method).Distinct()];
        if (allowed.Length == 0)
        {
            allowed =
                context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, Headers.Allow: var allow } && !HasVerb(context)
                    ? allow.ToArray()
                    : [];
        }

        if (allowed.Length > 0)
        {
            context.Response.Headers.Allow = string.Join(", ", allowed);
            return Fault.Of(
                StatusCode.Unimplemented,
                V1.ErrorReason.MethodNotAllowed,
                $"{Trailers.Echo(path, 200)} takes no {method}. It takes {string.Join(" and ", allowed)}.",
                ("method", method),
                ("path", path),
                ("allowed", string.Join(", ", allowed))
            );
        }

        context.Response.Headers.Remove("Allow");
        var nearest = near.TakeWhile(known => known.Distance <= near[0].Distance + 1);
        var hint =
            near.Count > 0
                ? $"Did you mean {string.Join(" or ", nearest.Take(Most).Select(known => $"{known.Method} {known.Path}"))}?"
                : "The JSON API is under /v1/; the contract lists its paths.";
        return Fault.Of(
            StatusCode.NotFound,
            V1.ErrorReason.UnknownPath,
            $"There is no {method} {Trailers.Echo(path, 200)}. {hint}",
            ("method", method),
            ("path", path)
        );
    }

    private static bool HasVerb(string path) => path.AsSpan(path.LastIndexOf('/') + 1).Contains(':');

    /// <summary>A pattern without the names of its variables: <c>/v1/cases/*:decide</c>.</summary>
    private static string Plain(string pattern) =>
        string.Concat(
            pattern
                .Split('{')
                .Select(
                    (part, i) =>
                        i == 0 || !part.Contains('}', StringComparison.Ordinal)
                            ? part
                            : part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..].Replace("}", "", StringComparison.Ordinal)
                )
        );

    private static int Distance(string path, string known)
    {
        var (given, there) = (Parts(path), Parts(known));
        var (shorter, longer) = given.Length < there.Length ? (given, there) : (there, given);
        if (
            longer.Length > shorter.Length + 1
            || (longer.Length > shorter.Length && !longer[^1].StartsWith(':'))
            || given.Any(part => part.Length > 64)
        )
        {
            return int.MaxValue;
        }

        var distance = 2 * (longer.Length - shorter.Length);
        for (var i = 0; i < shorter.Length; i++)
        {
            distance += there[i] is "*" or "**" ? 0 : NearName.Distance(given[i], there[i]);
        }

        return distance;
    }

    private static string[] Parts(string path) => path.Trim('/').Replace(":", "/:", StringComparison.Ordinal).Split('/');
}
