using EarlyWarning.Notification.Tests.Infrastructure;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Dispatching;

/// <content>How long is tried.</content>
public sealed partial class DeliveryTests
{
    [Fact]
    public async Task Deliver_NeverTaken_IsGivenUpWhenTheBudgetEndsAndNotWellUntilActedOn()
    {
        _receiver.Always(503);
        await _suite.DeliverAsync(Breach());
        await _suite.NextReceiptAsync(1);

        // A night without a look: one last attempt when the time is over.
        _suite.Advance(TimeSpan.FromDays(7));

        var now = await _suite.SingleAsync(n => n.State == State.GivenUp, "given up");
        Assert.Equal(2, now.Receipts.Count);
        Assert.Equal(V1.Delivery.Types.State.GivenUp, Assert.Single(now.Deliveries).State);
        await Eventually.HoldsAsync(() => _suite.Broker.Events.Count == 1, "the outcome on the topic");
        Assert.Equal("earlywarning.v1.notification.given-up", _suite.Broker.Events[0].Type);
        Assert.Equal(State.GivenUp, _suite.Broker.Events[0].As<V1.Notification>().State);
        Assert.Equal(V1.Health.Failing, (await _suite.StatusAsync("given up")).Health);
        Assert.Equal(V1.Health.Ok, (await _suite.StatusAsync("undelivered")).Health);
        Assert.Equal(1, await _suite.CountAsync("select count(*) from notification_event where source is not null"));

        await _suite.MarkAsync(now.Name, acknowledged: true);

        Assert.Equal(V1.Health.Ok, (await _suite.StatusAsync("given up")).Health);
        Assert.Equal(0, await _suite.CountAsync("select count(*) from notification_event where source is not null"));
    }

    [Fact]
    public async Task Deliver_TriedForSevenDays_IsTriedAtLeastEveryTenMinutesAndNotMore()
    {
        _receiver.Always(503);
        await _suite.DeliverAsync(Breach());
        var now = await _suite.NextReceiptAsync(1);
        while (now.State == State.Pending && now.Receipts.Count < 40)
        {
            now = await _suite.NextReceiptAsync(now.Receipts.Count + 1);
        }

        var waits = now.Receipts.Select(r => r.AttemptTime.ToDateTimeOffset()).ToList();
        Assert.All(waits.Zip(waits.Skip(1)), pair =>
            Assert.InRange(pair.Second - pair.First, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(601))
        );
        Assert.All(waits.Zip(waits.Skip(1)).Skip(12), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMinutes(5)));
        Assert.Equal(_receiver.Count, now.Receipts.Count);
    }
}
