using System.Collections.Concurrent;
using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Broker;
using EarlyWarning.Sidecar.Tests.Infrastructure;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Sidecar.Tests.Broker;

/// <summary>What the one writer does with those who wait for it.</summary>
public sealed class MessageBrokerTests : IAsyncLifetime
{
    private const string App = "conformance-a";
    private readonly TestStore _journals = new(TimeProvider.System);
    private readonly ConcurrentQueue<BrokerMessage> _arrived = new();
    private MessageBroker _broker = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await MessageBroker.OpenAsync(
            _journals,
            LocalSidecar.Options([new(App, [1])]),
            (_, _) => [App],
            TimeProvider.System,
            NullLogger.Instance,
            CancellationToken.None
        );
        _broker.Start(_arrived.Enqueue);
    }

    public async ValueTask DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task Publish_StoreGoesWhileItWaitsItsTurn_IsRefusedBeforeTheStoreIsBack()
    {
        var held = _journals.Hold();
        var underWay = PublishAsync(10);
        await Eventually.HoldsAsync(() => _journals.Holding, "an append under way");
        var waiting = PublishAsync(10);
        _journals.Broken = true;
        held.SetResult();

        foreach (var publish in (Task[])[underWay, waiting])
        {
            var refused = await Assert.ThrowsAsync<PublishRefusedException>(() => publish.WaitAsync(Eventually.Patience));
            Assert.Equal(StatusCode.Unavailable, refused.Code);
        }
    }

    [Fact]
    public async Task Publish_LargestEventBesideThousandsOfAcknowledgements_IsTaken()
    {
        const int Count = 8_000;
        await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => PublishAsync(10)));
        Assert.Equal(Count, _arrived.Count);
        var held = _journals.Hold();
        var underWay = PublishAsync(10);
        await Eventually.HoldsAsync(() => _journals.Holding, "an append under way");
        foreach (var message in _arrived)
        {
            _broker.Settle(message, App);
        }

        var large = PublishAsync(MessageBroker.MaxEventBytes - 100);
        held.SetResult();

        await Task.WhenAll(underWay, large).WaitAsync(Eventually.Patience);
        await Eventually.HoldsAsync(() => ((IUndelivered)_broker).Count == 2, "nothing undelivered but the last two");
    }

    private Task PublishAsync(int bytes) =>
        _broker.PublishAsync(
            "warnings",
            "orders",
            new TopicEventRequest { Id = Guid.NewGuid().ToString(), Data = ByteString.CopyFrom(new byte[bytes]) }
        );
}
