using Dapr;
using Grpc.Core;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace EarlyWarning.Sidecar.Tests.Local;

/// <content>A store that is away.</content>
public sealed partial class LocalSidecarTests
{
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
}
