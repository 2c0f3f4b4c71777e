using Dapr;
using Dapr.Client;
using EarlyWarning.Host.Composition;
using EarlyWarning.Sidecar.Broker;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Sidecar.Tests.Infrastructure;
using Grpc.Core;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace EarlyWarning.Sidecar.Tests.Local;

/// <summary>
/// What the local sidecar does beyond daprd's contract: durability in the store, dead letters that can be seen, refusals by name.
/// </summary>
public sealed partial class LocalSidecarTests : IAsyncDisposable
{
    private const string A = "conformance-a";
    private readonly CallbackApp _app = new(FreePort.Take(), CallbackApp.To("orders", "orders-dead-letters"));
    private static readonly string s_journal = LocalSidecar.Options([]).Journal;

    private readonly TestStore _journals = new(TimeProvider.System);
    private readonly List<LocalSidecar> _started = [];

    private IDeadLetters DeadLetters => _started[^1].Host.DeadLetters;

    private IUndelivered Undelivered => _started[^1].Host.Undelivered;

    public async ValueTask DisposeAsync()
    {
        foreach (var sidecar in _started)
        {
            await sidecar.DisposeAsync();
        }

        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Publish_BeforeTheAppHasEverAnswered_IsHeldOverARestartAndDelivered()
    {
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        await PublishAsync(client, "early");
        Assert.False(await client.CheckHealthAsync());
        Assert.True(await client.CheckOutboundHealthAsync());
        Assert.Equal(("early", "orders"), (Undelivered.Oldest?.EventId, Undelivered.Oldest?.Topic));

        await sidecar.StopAsync();
        await sidecar.StartAsync();
        await _app.StartAsync();

        await _app.Deliveries.WaitAsync("early", "orders");
        await Eventually.HoldsAsync(() => Undelivered.Count == 0, "nothing undelivered");
    }

    [Fact]
    public async Task Publish_TopicThatTheAppTurnsOutNotToWant_IsLetGo()
    {
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        await PublishAsync(client, "unwanted", "unguarded");
        await PublishAsync(client, "wanted");
        await _app.StartAsync();

        await _app.Deliveries.WaitAsync("wanted", "orders");
        await Eventually.HoldsAsync(() => Undelivered.Count == 0, "nothing undelivered");
        Assert.Empty(_app.Deliveries.Of("unwanted", "unguarded"));
    }

    [Fact]
    public async Task Restart_AfterAcknowledgements_DeliversOnlyTheRest()
    {
        await _app.StartAsync();
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        await PublishAsync(client, "done");
        await _app.Deliveries.WaitAsync("done", "orders");

        // Received is not yet acknowledged: an app that goes before its answer has arrived gets the message again.
        await Eventually.HoldsAsync(() => Undelivered.Count == 0, "nothing undelivered");
        await _app.StopAsync();
        await PublishAsync(client, "waiting");

        await sidecar.StopAsync();
        await sidecar.StartAsync();
        await _app.StartAsync();

        await _app.Deliveries.WaitAsync("waiting", "orders");
        Assert.Single(_app.Deliveries.Of("done", "orders"));
    }

    [Fact]
    public async Task DeadLetter_NobodySubscribes_IsKeptListedAndWellAgainOnceItIsHandled()
    {
        await _app.StartAsync();
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        _app.Answer("bad", Drop, Drop, Success);
        await PublishAsync(client, "bad");
        await Eventually.HoldsAsync(() => DeadLetters.Count == 1, "one dead letter");

        await sidecar.StopAsync();
        await sidecar.StartAsync();

        var dead = Assert.Single(DeadLetters.List(10));
        Assert.Equal(("bad", "orders", A, 1, "XAB"), (dead.EventId, dead.Topic, dead.AppId, dead.Attempts, dead.Subject));
        Assert.Contains("DROP", dead.Reason, StringComparison.Ordinal);
        Assert.Equal((V1.Health.Attention, 1), await StandingAsync());

        // Published again, it is refused again: that is the same event, not another one.
        using var again = sidecar.Client(A);
        await PublishAsync(again, "bad");
        await Eventually.HoldsAsync(
            () => DeadLetters.List(10) is [var later] && later.Sequence > dead.Sequence,
            "the dead letter in its new form"
        );

        await PublishAsync(again, "bad");
        await Eventually.HoldsAsync(() => DeadLetters.Count == 0, "no dead letter");
        Assert.Equal((V1.Health.Ok, 0), await StandingAsync());

        async Task<(V1.Health, double)> StandingAsync()
        {
            var host = _started[^1].Host;
            var standing = await new SidecarStatus(host.DeadLetters, host.Undelivered, TimeProvider.System).ReadAsync(default);
            return (
                standing.Lines.Single(line => line.Subject == "dead-letters").Health,
                standing.Measured.Single(one => one.Gauge.Name == "earlywarning.broker.dead_letters").Value
            );
        }
    }

    [Fact]
    public async Task DeadLetter_Forgotten_IsGoneAlsoAfterARestart()
    {
        await _app.StartAsync();
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        _app.Answer("bad", Drop);
        await PublishAsync(client, "bad");
        await Eventually.HoldsAsync(() => DeadLetters.Count == 1, "one dead letter");

        DeadLetters.Forget("bad");
        await Eventually.HoldsAsync(() => DeadLetters.Count == 0, "no dead letter");
        await sidecar.StopAsync();
        await sidecar.StartAsync();
        Assert.Equal(0, DeadLetters.Count);
    }

    [Fact]
    public async Task DeadLetters_MoreThanTheLimit_DiscardsTheOldest()
    {
        await _app.StartAsync();
        var sidecar = await StartAsync(options => options with { MaxDeadLetters = 2 });
        using var client = sidecar.Client(A);
        foreach (var id in (string[])["d1", "d2", "d3"])
        {
            _app.Answer(id, Drop);
            await PublishAsync(client, id);
            await Eventually.HoldsAsync(() => DeadLetters.List(10).Any(dead => dead.EventId == id), $"{id} among the dead letters");
        }

        Assert.Equal(["d2", "d3"], DeadLetters.List(10).Select(dead => dead.EventId));
    }

    [Theory]
    [InlineData(-8)]
    [InlineData(2)]
    public async Task Publish_SuitesTimeIsHoursFromTheSystems_IsDelivered(int hours)
    {
        await _app.StartAsync();
        var sidecar = await StartAsync(time: new MovedTime(TimeProvider.System) { Moved = TimeSpan.FromHours(hours) });
        using var client = sidecar.Client(A);

        await PublishAsync(client, "of another time");

        await _app.Deliveries.WaitAsync("of another time", "orders");
        await Eventually.HoldsAsync(() => Undelivered.Count == 0, "nothing undelivered");
    }

    [Fact]
    public async Task Publish_BacklogFull_IsRefused()
    {
        var sidecar = await StartAsync(options => options with { MaxWaiting = 2 });
        using var client = sidecar.Client(A);
        await PublishAsync(client, "1");
        await PublishAsync(client, "2");

        var refused = await Assert.ThrowsAsync<DaprException>(() => PublishAsync(client, "3"));

        Assert.Equal(StatusCode.ResourceExhausted, Assert.IsType<RpcException>(refused.InnerException).StatusCode);
    }

    [Fact]
    public async Task Publish_OneSubject_ArrivesInOrder()
    {
        await _app.StartAsync();
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        for (var n = 0; n < 200; n++)
        {
            await PublishAsync(client, $"o{n}", subject: n % 2 == 0 ? "XAA" : "XAB");
        }

        await Eventually.HoldsAsync(() => Undelivered.Count == 0, "nothing undelivered");
        foreach (var subject in (string[])["XAA", "XAB"])
        {
            var numbers = _app
                .Deliveries.All()
                .Where(item => item.Event.Extensions.Fields["subject"].StringValue == subject)
                .Select(item => int.Parse(item.Event.Id[1..], System.Globalization.CultureInfo.InvariantCulture))
                .ToList();
            Assert.Equal(100, numbers.Count);
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    private static Task PublishAsync(DaprClient client, string id, string topic = "orders", string subject = "XAB") =>
        client.PublishByteEventAsync(
            "warnings",
            topic,
            "{}"u8.ToArray(),
            "application/json",
            new() { ["cloudevent.id"] = id, ["cloudevent.subject"] = subject }
        );

    private async Task<LocalSidecar> StartAsync(Func<SidecarOptions, SidecarOptions>? change = null, TimeProvider? time = null)
    {
        var options = LocalSidecar.Options([new(A, [_app.Port])]);
        var sidecar = new LocalSidecar(_journals, change is null ? options : change(options), time);
        _started.Add(sidecar);
        await sidecar.StartAsync();
        return sidecar;
    }
}
