using EarlyWarning.ServiceDefaults.Errors;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Pages;

/// <summary>
/// Tells browsers how to treat what they are given: as the type it says it is, in no other page's frame, without a word to others of
/// where its reader came from, and loading nothing but what a <see cref="ContentPolicy"/> of its endpoint allows. Clients of gRPC render
/// nothing and are told nothing.
/// </summary>
internal sealed class PageHeaders(RequestDelegate next)
{
    private const string Nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        if (!FaultAnswer.IsGrpc(context.Request))
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = context.GetEndpoint()?.Metadata.GetMetadata<ContentPolicy>()?.Text ?? Nothing;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
        }

        return next(context);
    }
}

/// <summary>Endpoint metadata: what a page may load, and from where, as a Content-Security-Policy says it.</summary>
public sealed record ContentPolicy(string Text);
