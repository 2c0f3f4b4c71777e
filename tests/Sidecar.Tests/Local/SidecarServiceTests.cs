using Dapr.Client;
using EarlyWarning.Host.Composition;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Sidecar.Tests.Infrastructure;
using EarlyWarning.Store.Committing;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace EarlyWarning.Sidecar.Tests.Local;

/// <summary>The sidecar as a process of its own: of those that share a store one serves, and the next takes over where it ended.</summary>
public sealed class SidecarServiceTests : IAsyncLifetime
{
    private const string A = "conformance-a";
    private readonly CallbackApp _app = new(FreePort.Take(), CallbackApp.To("orders", "orders-dead-letters"));
    private readonly TestStore _store = new(TimeProvider.System);
    private readonly SidecarOptions _options;
    private readonly SidecarService _first;
    private readonly SidecarService _second;

    public SidecarServiceTests()
    {
        _options = LocalSidecar.Options([new(A, [_app.Port])]);
        (_first, _second) = (Service(), Service());
    }

    public async ValueTask InitializeAsync()
    {
        await _first.StartAsync(default);
        await Eventually.HoldsAsync(() => _first.Serving is not null, "the first serves");
        await _second.StartAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_first.StopAsync(default), _second.StopAsync(default));
        _first.Dispose();
        _second.Dispose();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Start_AnotherServes_StandsByAndIsHealthy()
    {
        await Eventually.HoldsAsync(async () => await HealthAsync(_second) == HealthStatus.Healthy, "the second stands by");
        Assert.Null(_second.Serving);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(_first));
    }

    [Fact]
    public async Task Stop_OfTheOneThatServes_IsTakenOverWithWhatItHeld()
    {
        using var client = Client();
        await PublishAsync(client, "held");

        await _first.StopAsync(default);
        await Eventually.HoldsAsync(() => _second.Serving is not null, "the second serves");
        await _app.StartAsync();

        Assert.Single(await _app.Deliveries.WaitAsync("held", "orders"));
    }

    [Fact]
    public async Task Serve_JournalTakenOverByAnother_TakesNothingMoreAndServesAnewWhileTheLeaseIsItsOwn()
    {
        using var client = Client();
        var serving = _first.Serving!;
        await _store.OpenAsync(_options.Journal, default);

        await Assert.ThrowsAsync<Dapr.DaprException>(() => PublishAsync(client, "refused"));
        await serving.TakenOver.WaitAsync(Eventually.Patience);

        await Eventually.HoldsAsync(() => _first.Serving is { } anew && anew != serving, "the first serves anew");
        Assert.Null(_second.Serving);
        using var again = Client();
        await PublishAsync(again, "taken");
        await _app.StartAsync();
        await _app.Deliveries.WaitAsync("taken", "orders");
        Assert.Empty(_app.Deliveries.Of("refused", "orders"));
    }

    [Fact]
    public async Task DeadLetter_EventGivenUpElsewhere_IsForgotten()
    {
        await _app.StartAsync();
        _app.Answer("bad", Drop);
        await _store.CommitAsync(
            new Unit().Publish("risk", new(Topics.Escalations, "bad", "type", "XAB", new Empty()), DateTimeOffset.UtcNow),
            default
        );
        await _store.Outbox.SetAsideAsync("bad", "It is of no use.", default);
        using var client = Client();
        await PublishAsync(client, "bad");
        await Eventually.HoldsAsync(() => _first.Serving!.DeadLetters.Count == 1, "one dead letter");

        Assert.True(await _store.Events.DismissAsync("bad", new(DateTimeOffset.UtcNow, "somebody", true, "told by telephone"), default));

        await Eventually.HoldsAsync(() => _first.Serving!.DeadLetters.Count == 0, "no dead letter");
    }

    private static async Task<HealthStatus> HealthAsync(SidecarService service) => (await service.CheckHealthAsync(new())).Status;

    private static Task PublishAsync(DaprClient client, string id) =>
        client.PublishByteEventAsync(
            "warnings",
            "orders",
            "{}"u8.ToArray(),
            "application/json",
            new() { ["cloudevent.id"] = id, ["cloudevent.subject"] = "XAB" }
        );

    private DaprClient Client() => new LocalSidecar(_store, _options).Client(A);

    private SidecarService Service() => new(_options, _store, _store, _store.Events, TimeProvider.System, NullLoggerFactory.Instance);
}
