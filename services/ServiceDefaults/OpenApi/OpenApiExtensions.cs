using System.Collections.Concurrent;
using System.Text.Json;
using EarlyWarning.ServiceDefaults.Contract;
using EarlyWarning.ServiceDefaults.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scalar.AspNetCore;

namespace EarlyWarning.ServiceDefaults.OpenApi;

/// <summary>Serves what partners build clients from.</summary>
internal static class OpenApiExtensions
{
    /// <summary>Where the page is on which calls can be tried.</summary>
    public const string Page = "/openapi";

    /// <summary>Where the OpenAPI document is.</summary>
    public const string Document = "/openapi/v1.json";

    /// <summary>Where the contract as a <c>google.protobuf.FileDescriptorSet</c> is.</summary>
    public const string Descriptors = "/openapi/descriptors.binpb";

    /// <summary>The page, into which people type their keys, loads from and sends to the suite alone.</summary>
    private const string OwnAlone =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src "
        + "'self' data:; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Maps the OpenAPI document of the services that run here, made when it is first asked for with what callers need then, and the
    /// contract's descriptors.
    /// </summary>
    public static void MapOpenApi(this IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        ConcurrentDictionary<string, byte[]> made = new(StringComparer.Ordinal);
        app.MapGet(Document, () => TypedResults.Bytes(Bytes(), "application/json"));
        app.MapScalarApiReference(Page, page =>
                page.WithTitle("Early Warning")
                    .WithOpenApiRoutePattern(Document)
                    .HideClientButton()
                    .DisableDefaultFonts()
                    .DisableTelemetry()
                    .HideDeveloperTools()
                    .DisableAgent()
                    .DisableMcp()
            )
            .WithMetadata(new ContentPolicy(OwnAlone));
        app.MapGet(Descriptors, () => TypedResults.Bytes(DescriptorSet.Bytes, "application/x-protobuf", "earlywarning.binpb"));

        byte[] Bytes()
        {
            var security = services.GetService<SecuritySchemes>()?.InForce() ?? [];
            return made.GetOrAdd(string.Join(' ', security.Select(scheme => scheme.Name)), _ =>
                JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Of(ServedContract.Services(services), security), s_json)
            );
        }
    }
}
