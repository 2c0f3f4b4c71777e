using System.Diagnostics;
using System.Text.Json;
using EarlyWarning.Driver.Activities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Driver.Targets;

/// <summary>A recipient's end of a webhook, which notes what it is told.</summary>
internal sealed class Webhooks : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Webhooks(WebApplication app, HeardWarnings warnings) => (_app, Warnings) = (app, warnings);

    public HeardWarnings Warnings { get; }

    public Uri Address => new(new Uri(_app.Urls.First()), "/hook");

    public static async Task<Webhooks> ListenAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var warnings = new HeardWarnings { ByWebhook = true };
        app.MapPost("/hook", async (HttpRequest request) =>
        {
            var arrived = Stopwatch.GetTimestamp();
            using var body = await JsonDocument.ParseAsync(request.Body);
            if (body.RootElement.GetProperty("data").TryGetProperty("breach", out var breach))
            {
                warnings.Hear(
                    Text(breach, "country"),
                    Text(breach, "name"),
                    Text(breach, "state") == "STATE_FIRING",
                    request.Headers["webhook-id"].ToString(),
                    arrived
                );
            }

            return Results.NoContent();
        });
        await app.StartAsync(cancellationToken);
        return new(app, warnings);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Text(JsonElement breach, string member) => breach.GetProperty(member).GetString() ?? "";
}
