using Dapr.Client;
using EarlyWarning.Host.Composition;
using EarlyWarning.Sidecar.Broker;
using EarlyWarning.Sidecar.Tests.Infrastructure;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace EarlyWarning.Sidecar.Tests.Local;

/// <summary>
/// An app of two processes is one consumer group: each message goes to one of them, and to the other where that one fails.
/// </summary>
public sealed class InstancesTests : IAsyncLifetime
{
    private const string A = "conformance-a";
    private readonly CallbackApp _one = new(FreePort.Take(), CallbackApp.To("orders", "orders-dead-letters"));
    private readonly CallbackApp _two = new(FreePort.Take(), CallbackApp.To("orders", "orders-dead-letters"));
    private readonly TestStore _store = new(TimeProvider.System);
    private LocalSidecar _sidecar = null!;
    private DaprClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sidecar = new(_store, LocalSidecar.Options([new(A, [_one.Port, _two.Port])]));
        await Task.WhenAll(_one.StartAsync(), _two.StartAsync(), _sidecar.StartAsync());
        _client = _sidecar.Client(A);
        await Eventually.HoldsAsync(() => _one.Asked > 0 && _two.Asked > 0, "both are found");
        await Eventually.HoldsAsync(() => _client.CheckHealthAsync(), "a healthy sidecar");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _sidecar.DisposeAsync();
        await Task.WhenAll(_one.DisposeAsync().AsTask(), _two.DisposeAsync().AsTask());
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Publish_TwoProcesses_EachMessageGoesToOneAndBothHaveAShare()
    {
        for (var n = 0; n < 40; n++)
        {
            await PublishAsync($"m{n}");
        }

        await Eventually.HoldsAsync(() => Undelivered == 0, "all are delivered");
        Assert.Equal(40, Ids(_one).Concat(Ids(_two)).Distinct().Count());
        Assert.Equal(40, Ids(_one).Count + Ids(_two).Count);
        Assert.All([_one, _two], app => Assert.InRange(Ids(app).Count, 5, 35));
    }

    [Fact]
    public async Task Publish_OneSubject_KeepsItsOrderOverBothProcesses()
    {
        var seen = new List<int>();
        Task<Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus> Note(int n)
        {
            lock (seen)
            {
                seen.Add(n);
            }

            return Task.FromResult(Success);
        }

        for (var n = 0; n < 40; n++)
        {
            var number = n;
            Array.ForEach([_one, _two], app => app.Answer($"m{number}", (_, _) => Note(number)));
            await PublishAsync($"m{n}", "XAB");
        }

        await Eventually.HoldsAsync(() => Undelivered == 0, "all are delivered");
        Assert.Equal(Enumerable.Range(0, 40), seen);
    }

    [Fact]
    public async Task Delivery_OneProcessAnswersRetry_IsTriedAtTheOther()
    {
        for (var n = 0; n < 6; n++)
        {
            _one.Answer($"m{n}", Retry);
            await PublishAsync($"m{n}");
        }

        await Eventually.HoldsAsync(() => Undelivered == 0, "all are delivered");
        Assert.Equal(0, _sidecar.Host.DeadLetters.Count);
        Assert.Equal(6, Ids(_two).Distinct().Count());
        Assert.All(Ids(_one).CountBy(id => id), tried => Assert.Equal(1, tried.Value));
    }

    [Fact]
    public async Task Delivery_OneProcessStopsInTheMiddle_GoesToTheOther()
    {
        _one.Answer("m", async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return Success;
        });
        _two.Answer("m", Retry, Success);
        await PublishAsync("m");
        await _one.Deliveries.WaitAsync("m", "orders");
        await _one.StopAsync();

        await Eventually.HoldsAsync(() => Undelivered == 0, "it is delivered");
        Assert.InRange(Ids(_two).Count, 1, 2);
        Assert.Equal(0, _sidecar.Host.DeadLetters.Count);

        // The one that is gone is given nothing more.
        await PublishAsync("later");
        await _two.Deliveries.WaitAsync("later", "orders");
    }

    private int Undelivered => ((IUndelivered)_sidecar.Host.Undelivered).Count;

    private static List<string> Ids(CallbackApp app) => [.. app.Deliveries.All().Select(item => item.Event.Id)];

    private Task PublishAsync(string id, string? subject = null) =>
        _client.PublishByteEventAsync(
            "warnings",
            "orders",
            "{}"u8.ToArray(),
            "application/json",
            new() { ["cloudevent.id"] = id, ["cloudevent.subject"] = subject ?? id }
        );
}
