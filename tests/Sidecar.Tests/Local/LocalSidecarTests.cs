using System.Text;
using Dapr;
using Dapr.Client;
using Dapr.Common;
using EarlyWarning.Host.Composition;
using EarlyWarning.Sidecar.Tests.Infrastructure;
using Grpc.Core;
using Grpc.Net.Client;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;
using Proto = Dapr.Client.Autogen.Grpc.v1;

namespace EarlyWarning.Sidecar.Tests.Local;

/// <summary>
/// What the local sidecar does beyond daprd's contract: durability in the store, dead letters that can be seen, refusals by name.
/// </summary>
public sealed class LocalSidecarTests : IAsyncDisposable
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

    [Fact]
    public async Task Publish_StoreUnavailable_IsRefusedUntilItIsBack()
    {
        await _app.StartAsync();
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        _journals.Broken = true;

        var refused = await Assert.ThrowsAsync<DaprException>(() => PublishAsync(client, "refused"));
        Assert.Equal(StatusCode.Unavailable, Assert.IsType<RpcException>(refused.InnerException).StatusCode);
        Assert.False(await client.CheckOutboundHealthAsync());

        _journals.Broken = false;
        await Eventually.HoldsAsync(() => client.CheckOutboundHealthAsync(), "a healthy sidecar");
        await PublishAsync(client, "taken");
        await _app.Deliveries.WaitAsync("taken", "orders");
        Assert.Empty(_app.Deliveries.Of("refused", "orders"));
    }

    [Fact]
    public async Task Stop_StoreUnavailableWhileAnAppSubscribes_Ends()
    {
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        var held = _journals.Hold();
        var publish = PublishAsync(client, "first");
        await _app.StartAsync();
        await Eventually.HoldsAsync(() => _app.Asked > 0, "a sidecar that has asked for the subscriptions");
        _journals.Broken = true;
        held.SetResult();
        await Assert.ThrowsAsync<DaprException>(() => publish.WaitAsync(Eventually.Patience));

        await sidecar.StopAsync().WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task Publish_AppendHappenedAndItsAnswerWasLost_IsDeliveredAllTheSame()
    {
        await _app.StartAsync();
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        await PublishAsync(client, "before");
        await Eventually.HoldsAsync(() => Undelivered.Count == 0, "nothing undelivered");
        _journals.LoseNextAnswer = true;

        await Assert.ThrowsAsync<DaprException>(() => PublishAsync(client, "unclear"));

        await _app.Deliveries.WaitAsync("unclear", "orders");
    }

    [Fact]
    public async Task Acknowledgement_StoreUnavailableMeanwhile_IsKeptAndWrittenLater()
    {
        await _app.StartAsync();
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        _app.Answer("slow", (_, _) =>
        {
            _journals.Broken = true;
            return Task.FromResult(Success);
        });
        await PublishAsync(client, "slow");
        await Eventually.HoldsAsync(async () => !await client.CheckOutboundHealthAsync(), "an unhealthy sidecar");
        _journals.Broken = false;

        await Eventually.HoldsAsync(() => Undelivered.Count == 0, "nothing undelivered");
        Assert.Single(_app.Deliveries.Of("slow", "orders"));
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
    public async Task Journal_ManyMessages_IsTrimmedAndOldWaitingOnesSurvive()
    {
        await _app.StartAsync();
        using var patient = new TemporaryFolder().With(
            "warnings.yaml",
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Resources", "warnings.yaml"))
                .Replace("value: 10s", "value: 1h", StringComparison.Ordinal)
        );
        var sidecar = await StartAsync(options => options with { ConfigurationFolder = patient.Path, CheckpointEvery = 50 });
        using var client = sidecar.Client(A);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _app.Answer("held", async (_, context) =>
        {
            await held.Task.WaitAsync(context.CancellationToken);
            return Retry;
        });
        await PublishAsync(client, "held", subject: "XAC");
        await _app.Deliveries.WaitAsync("held", "orders");

        // Far more appends than the journal may be long beside one message that is needed.
        for (var n = 0; _journals.Tail(s_journal) < 1_500; n++)
        {
            await PublishAsync(client, $"n{n}");
        }

        await Eventually.HoldsAsync(() => Undelivered.Count == 1, "only the held message");

        // What waited meanwhile held the journal back too; the next checkpoint lets go of it.
        for (var n = 0; n < 50; n++)
        {
            await PublishAsync(client, $"m{n}");
        }

        await Eventually.HoldsAsync(() => _journals.Entries(s_journal).Count <= 700, "a trimmed journal");
        Assert.InRange(_journals.Entries(s_journal).Count, 1, 700);
        await sidecar.StopAsync();
        _app.Answer("held", Success);
        await sidecar.StartAsync();

        await _app.Deliveries.WaitAsync("held", "orders", 2);
        Assert.Single(_app.Deliveries.Of("n0", "orders"));
        held.SetResult();
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

    [Fact]
    public async Task Subscription_OutsideTheScopes_IsNotRegistered()
    {
        _app.Subscriptions =
        [
            CallbackApp.To("private", "orders-dead-letters"),
            CallbackApp.To("orders", "private-dead-letters"),
            CallbackApp.To("unguarded"),
        ];
        await _app.StartAsync();
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        await Eventually.HoldsAsync(() => client.CheckHealthAsync(), "a healthy sidecar");

        using var http = new HttpClient();
        var metadata = await http.GetStringAsync(new Uri(sidecar.Host.Endpoints[0].Http, "/v1.0/metadata"));

        Assert.Contains("unguarded", metadata, StringComparison.Ordinal);
        Assert.DoesNotContain("private", metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_AppWithoutTheHealthService_IsThere()
    {
        await using var app = new CallbackApp(FreePort.Take(), CallbackApp.To("orders", "orders-dead-letters")) { AnswersProbes = false };
        await app.StartAsync();
        var sidecar = await StartAsync(options =>
            options with
            {
                Apps = [.. options.Apps.Select(one => one with { AppPorts = [app.Port] })],
            }
        );
        using var client = sidecar.Client(A);
        await Eventually.HoldsAsync(() => client.CheckHealthAsync(), "a healthy sidecar");

        await Eventually.HoldsAsync(() => app.Probed > 2, "some probes");

        await PublishAsync(client, "m");
        await app.Deliveries.WaitAsync("m", "orders");
        Assert.Equal(1, app.Asked);
    }

    [Fact]
    public async Task OtherApis_AreRefusedByName()
    {
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);

        var state = await Assert.ThrowsAsync<DaprException>(() => client.GetStateAsync<string>("store", "key"));
        var refusal = Assert.IsType<RpcException>(state.InnerException);
        Assert.Equal(StatusCode.Unimplemented, refusal.StatusCode);
        Assert.Contains("GetState", refusal.Status.Detail, StringComparison.Ordinal);

        // The SDK asks by reflection first, and says itself that it is not there.
        await Assert.ThrowsAsync<DaprFeatureNotAvailableException>(() =>
            client.BulkPublishEventAsync("warnings", "orders", (string[])["a"])
        );
        using var channel = GrpcChannel.ForAddress(sidecar.Host.Endpoints[0].Grpc);
        var bulk = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Proto.Dapr.DaprClient(channel).BulkPublishEventAsync(new())
        );
        Assert.Equal(StatusCode.Unimplemented, bulk.StatusCode);
        Assert.Contains("one by one", bulk.Status.Detail, StringComparison.Ordinal);

        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(sidecar.Host.Endpoints[0].Http, "/v1.0/state/store/key"));
        Assert.Equal(System.Net.HttpStatusCode.NotImplemented, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/x-protobuf", null, StatusCode.InvalidArgument)]
    [InlineData("application/json", "ttlInSeconds", StatusCode.Unimplemented)]
    [InlineData("application/json", "rawPayload", StatusCode.Unimplemented)]
    [InlineData("application/cloudevents+json", null, StatusCode.InvalidArgument)]
    public async Task Publish_WhatDaprdWouldMangleOrWeDoNot_IsRefused(string contentType, string? metadata, StatusCode expected)
    {
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);

        var refused = await Assert.ThrowsAsync<DaprException>(() =>
            client.PublishByteEventAsync(
                "warnings",
                "orders",
                Encoding.UTF8.GetBytes("[]"),
                contentType,
                metadata is null ? [] : new() { [metadata] = "1" }
            )
        );

        Assert.Equal(expected, Assert.IsType<RpcException>(refused.InnerException).StatusCode);
    }

    [Fact]
    public async Task HttpPublish_WithMetadata_IsDelivered()
    {
        await _app.StartAsync();
        var sidecar = await StartAsync();
        using var http = new HttpClient();
        using var body = new StringContent("""{"a":1}""", Encoding.UTF8, "application/json");

        using var answer = await http.PostAsync(
            new Uri(sidecar.Host.Endpoints[0].Http, "/v1.0/publish/warnings/orders?metadata.cloudevent.id=by-http"),
            body
        );

        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("""{"a":1}""", Assert.Single(await _app.Deliveries.WaitAsync("by-http", "orders")).Data.ToStringUtf8());
    }

    [Theory]
    [InlineData("elsewhere/orders", System.Net.HttpStatusCode.NotFound, "ERR_PUBSUB_NOT_FOUND")]
    [InlineData("warnings/private", System.Net.HttpStatusCode.Forbidden, "ERR_PUBSUB_FORBIDDEN")]
    public async Task HttpPublish_Refused_SaysSoAsDaprdDoes(string path, System.Net.HttpStatusCode status, string error)
    {
        var sidecar = await StartAsync();
        using var http = new HttpClient();
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");

        using var answer = await http.PostAsync(new Uri(sidecar.Host.Endpoints[0].Http, $"/v1.0/publish/{path}"), body);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(error, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_AttributeSet_IsShown()
    {
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);

        await client.SetMetadataAsync("colour", "red");

        var metadata = await client.GetMetadataAsync();
        Assert.Equal("red", metadata.Extended["colour"]);
        Assert.EndsWith("-local", metadata.Extended["daprRuntimeVersion"], StringComparison.Ordinal);
    }

    private static Task PublishAsync(DaprClient client, string id, string topic = "orders", string subject = "XAB") =>
        client.PublishByteEventAsync(
            "warnings",
            topic,
            "{}"u8.ToArray(),
            "application/json",
            new() { ["cloudevent.id"] = id, ["cloudevent.subject"] = subject }
        );

    private async Task<LocalSidecar> StartAsync(Func<SidecarOptions, SidecarOptions>? change = null)
    {
        var options = LocalSidecar.Options([new(A, [_app.Port])]);
        var sidecar = new LocalSidecar(_journals, change is null ? options : change(options));
        _started.Add(sidecar);
        await sidecar.StartAsync();
        return sidecar;
    }
}
