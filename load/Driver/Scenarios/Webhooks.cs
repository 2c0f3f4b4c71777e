using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using HdrHistogram;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Driver.Scenarios;

/// <summary>
/// Times the way of a warning: from just before an observation is sent to the moment at which the webhook that it causes is here. One at a
/// time, on an otherwise idle suite.
/// </summary>
internal sealed class Webhooks : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _awaited = new();

    private Webhooks(WebApplication app) => _app = app;

    public Uri Address => new(new Uri(_app.Urls.First()), "/hook");

    public static async Task<Webhooks> ListenAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var webhooks = new Webhooks(app);
        app.MapPost("/hook", async (HttpRequest request) =>
        {
            var arrived = Stopwatch.GetTimestamp();
            using var body = await JsonDocument.ParseAsync(request.Body);
            var breach = body.RootElement.GetProperty("data").GetProperty("breach");
            var key = $"{breach.GetProperty("country").GetString()} {breach.GetProperty("state").GetString()}";
            if (webhooks._awaited.TryRemove(key, out var waiter))
            {
                waiter.TrySetResult(arrived);
            }

            return Results.NoContent();
        });
        await app.StartAsync(cancellationToken);
        return webhooks;
    }

    /// <summary>Fires and resolves a threshold of one country again and again; times the firing ones. In microseconds.</summary>
    public async Task<LongHistogram> MeasureAsync(GrpcChannel channel, int breaches, CancellationToken cancellationToken)
    {
        await DefineAsync(channel, cancellationToken);
        var observations = new ObservationService.ObservationServiceClient(channel);
        var histogram = new LongHistogram(TimeSpan.FromMinutes(1).Ticks / 10, 3);
        for (var n = 0; n < breaches; n++)
        {
            var firing = Await("FJI STATE_FIRING");
            var sent = Stopwatch.GetTimestamp();
            await RecordAsync(n, 90);
            histogram.RecordValue(
                (long)Stopwatch.GetElapsedTime(sent, await firing.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken)).TotalMicroseconds
            );
            var resolved = Await("FJI STATE_RESOLVED");
            await RecordAsync(n, 10);
            await resolved.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }

        return histogram;

        async Task RecordAsync(int n, double value) =>
            await observations.RecordObservationAsync(
                new()
                {
                    Observation = new()
                    {
                        ObservationId = string.Create(CultureInfo.InvariantCulture, $"way-{n}-{value}"),
                        Country = "FJI",
                        Indicator = "way.i0",
                        Value = value,
                        ObservedAt = DateTimeOffset.UtcNow.ToTimestamp(),
                        Source = "way",
                    },
                },
                cancellationToken: cancellationToken
            );
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task<long> Await(string key)
    {
        var waiter = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[key] = waiter;
        return waiter.Task;
    }

    private static async Task DefineAsync(GrpcChannel channel, CancellationToken cancellationToken)
    {
        await new CatalogueService.CatalogueServiceClient(channel).CreateFrameworkAsync(
            new()
            {
                Framework = new()
                {
                    Name = "frameworks/way",
                    DisplayName = "The way of a warning",
                    Composite = new()
                    {
                        Root = new()
                        {
                            Code = "index",
                            Children =
                            {
                                new Node
                                {
                                    Code = "way.i0",
                                    Leaf = new()
                                    {
                                        Indicator = "way.i0",
                                        Direction = Direction.Increasing,
                                        Low = 0,
                                        High = 100,
                                    },
                                },
                            },
                        },
                    },
                    Bands =
                    {
                        new Band { Level = "low", LowerBound = 0 },
                    },
                },
                Indicators =
                {
                    new Indicator
                    {
                        Code = "way.i0",
                        DisplayName = "Way",
                        Unit = "points",
                    },
                },
            },
            cancellationToken: cancellationToken
        );
        await new ThresholdService.ThresholdServiceClient(channel).CreateThresholdAsync(
            new()
            {
                Threshold = new()
                {
                    Name = "thresholds/way",
                    DisplayName = "Way",
                    Framework = "frameworks/way",
                    Condition = Condition.Above,
                    Value = 70,
                    ClearingValue = 30,
                    Severity = Severity.Warning,
                },
            },
            cancellationToken: cancellationToken
        );
    }
}
