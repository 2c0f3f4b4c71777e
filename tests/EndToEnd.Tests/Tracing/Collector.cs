using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.EndToEnd.Tests.Tracing;

/// <summary>A collector on loopback that speaks OTLP over HTTP and keeps what it is sent.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();
    private readonly ConcurrentQueue<byte[]> _metrics = new();

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/traces", TakeTracesAsync);
        _app.MapPost("/v1/metrics", async (HttpContext context) => _metrics.Enqueue(await ReadAsync(context)));
    }

    public string Address => _app.Urls.First();

    public IReadOnlyList<CollectedSpan> Spans => [.. _spans];

    /// <summary>What came of metrics, as text in which their names can be found.</summary>
    public string Metrics => string.Concat(_metrics.Select(System.Text.Encoding.Latin1.GetString));

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>The spans of one trace.</summary>
    public IReadOnlyList<CollectedSpan> Of(string trace) => [.. _spans.Where(span => span.Trace == trace)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeTracesAsync(HttpContext context)
    {
        foreach (var resource in ExportedTraces.Parser.ParseFrom(await ReadAsync(context)).Resources)
        {
            var attributes = Read(resource.Described.Attributes);
            foreach (var span in resource.Scopes.SelectMany(scope => scope.Spans))
            {
                _spans.Enqueue(
                    new(
                        Hex(span.TraceId),
                        Hex(span.SpanId),
                        Hex(span.ParentSpanId),
                        span.Name,
                        Read(span.Attributes),
                        attributes,
                        [.. span.Links.Select(link => (Hex(link.TraceId), Hex(link.SpanId)))]
                    )
                );
            }
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private static Dictionary<string, string> Read(IEnumerable<Attribute> attributes) =>
        attributes.ToDictionary(
            one => one.Key,
            one =>
                one.Value.ValueCase == AttributeValue.ValueOneofCase.Number
                    ? one.Value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : one.Value.Text,
            StringComparer.Ordinal
        );

    private static string Hex(Google.Protobuf.ByteString id) => Convert.ToHexStringLower(id.Span);
}

/// <summary>A span as it was exported.</summary>
/// <param name="Trace">The trace's id.</param>
/// <param name="Id">Its id.</param>
/// <param name="Parent">Its parent's id; empty for a root.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">What is said of it.</param>
/// <param name="Resource">What is said of who exports it.</param>
/// <param name="Links">Other traces and spans that it names.</param>
public sealed record CollectedSpan(
    string Trace,
    string Id,
    string Parent,
    string Name,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyDictionary<string, string> Resource,
    IReadOnlyList<(string Trace, string Span)> Links
);
