using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Names;
using EarlyWarning.Access.Rates;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.TestKit;
using EarlyWarning.V1;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Access.Tests.Rates;

/// <summary>Whoever asks for more than one caller may is told when to ask again, and nobody else notices.</summary>
public sealed partial class RateTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallServer _server = new();
    private string _eager = "";
    private string _calm = "";
    private string _own = "";
    private GrpcChannel _channel = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Calls_BeyondTheRate_AreRefusedWithTheDelayAndOthersAreNot()
    {
        using var counted = new Counted();
        await StartAsync(RateOptions.None with { CallsPerSecond = 1 });

        var refused = await RefusalAsync(() => TraceAsync(_eager));

        Assert.Equal(
            (StatusCode.ResourceExhausted, "RATE_EXCEEDED", "calls-per-second"),
            (refused.Error.StatusCode, refused.Info.Reason, refused.Info.Metadata["limit"])
        );
        Assert.InRange(refused.Delay, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5));
        Assert.True(int.Parse(refused.Error.Trailers.GetValue("retry-after") ?? "1", null) >= 1);
        await TraceAsync(_calm);
        for (var i = 0; i < 10; i++)
        {
            await TraceAsync(_own);
        }

        Assert.Contains(("calls-per-second", "known"), counted.All);
        await Task.Delay(refused.Delay, Cancel);
        await Eventually.HoldsAsync(async () => await TryAsync(() => TraceAsync(_eager)), "who waits is served again");
    }

    [Fact]
    public async Task Calls_OfTheJsonFormBeyondTheRate_Are429WithRetryAfter()
    {
        await StartAsync(RateOptions.None with { CallsPerSecond = 1 });
        HttpResponseMessage answer;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/trace/one");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _eager);
            answer = await _server.Http.SendAsync(request, Cancel);
        } while (answer.IsSuccessStatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        Assert.Contains("RATE_EXCEEDED", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        answer.Dispose();
    }

    [Fact]
    public async Task Observations_BeyondTheRate_AreRefusedInACallAndSlowedInAStream()
    {
        await StartAsync(RateOptions.None with { ObservationsPerSecond = 20 });
        var batch = Enumerable.Repeat(new Observation { ObservationId = "one" }, 40).ToArray();
        var refused = await RefusalAsync(() =>
            Observations.RecordObservationsAsync(new() { Observations = { batch } }, With(_eager), cancellationToken: Cancel).ResponseAsync
        );
        Assert.Equal("observations-per-second", refused.Info.Metadata["limit"]);

        _server.Asked.Clear();
        var began = TimeProvider.System.GetTimestamp();
        using var stream = Observations.StreamObservations(With(_calm), cancellationToken: Cancel);
        for (var i = 0; i < 3; i++)
        {
            await stream.RequestStream.WriteAsync(new() { Observations = { batch } }, Cancel);
        }

        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext(Cancel));
        Assert.Equal(3, _server.Asked.Count);

        // Two seconds' worth each, of which the first was there: however slow the machine, it may not take less.
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(3), "batches beyond the rate were not slowed");
    }

    [Fact]
    public async Task Streams_BeyondWhatMayBeOpen_AreRefusedUntilOneEnds()
    {
        await StartAsync(RateOptions.None with { OpenStreams = 1 });
        using var first = await WatchAsync(_eager);

        var refused = await RefusalAsync(() => WatchAsync(_eager));
        Assert.Equal("open-streams", refused.Info.Metadata["limit"]);
        (await WatchAsync(_calm)).Dispose();
        await TraceAsync(_eager);

        first.Dispose();
        await Eventually.HoldsAsync(
            () => TryAsync(async () => (await WatchAsync(_eager)).Dispose()),
            "the place of one that has ended is free"
        );
    }

    [Fact]
    public async Task UnknownKeys_FromAnAddressTooOften_AreToldToWait_AndAKeyThatIsKnownIsNot()
    {
        await StartAsync(RateOptions.None with { UnknownPerMinute = 5 });
        var refused = await RefusalAsync(() => TraceAsync("ew_guess"), StatusCode.Unauthenticated);

        Assert.Equal("unknown-per-minute", refused.Info.Metadata["limit"]);
        await TraceAsync(_calm);
    }

    [Fact]
    public async Task OpenServer_WithoutAsking_HasNoLimit_AndWithLimitsByAddress()
    {
        await _server.StartAsync(
            builder => builder.AddAccess(new(file: null), new(null, TimeProvider.System), _folder.In("sessions"), ServedNames.Loopback),
            names: app => app.UseServedNames(),
            callers: app => app.UseAccess()
        );
        _channel = GrpcChannel.ForAddress(_server.Grpc);
        for (var i = 0; i < 1_200; i++)
        {
            await TraceAsync("");
        }

        var limits = new RateLimits(RateOptions.None with { CallsPerSecond = 1 });
        Assert.Null(new RateLimits(null).Current(isOpen: true));
        Assert.NotNull(new RateLimits(null).Current(isOpen: false));
        var rate = limits.Current(isOpen: true)!.Of(IPAddress.Loopback);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => rate.Begin() is null));
    }

    private ObservationService.ObservationServiceClient Observations => new(_channel);

    private async Task StartAsync(RateOptions rates)
    {
        var file = new KeyFile(_folder.In("keys.json"), TimeProvider.System);
        (_, _eager) = await file.AddAsync("eager", Any.Roles, null, Cancel);
        (_, _calm) = await file.AddAsync("calm", Any.Roles, null, Cancel);
        var keys = new ApiKeys(file);
        _own = keys.OwnKey;
        await _server.StartAsync(
            builder =>
            {
                builder.AddAccess(keys, new(null, TimeProvider.System), _folder.In("sessions"), ServedNames.Loopback, rates: rates);
                builder.Services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<RateInterceptor>());
            },
            names: app => app.UseServedNames(),
            callers: app => app.UseAccess()
        );
        _channel = GrpcChannel.ForAddress(_server.Grpc);
    }

    /// <summary>What the metric of refusals counts.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener _listener = new();

        public Counted()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "earlywarning.access.limited")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>(
                (_, _, tags, _) =>
                {
                    lock (All)
                    {
                        All.Add(((string)tags[0].Value!, (string)tags[1].Value!));
                    }
                }
            );
            _listener.Start();
        }

        public HashSet<(string Limit, string Caller)> All { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
