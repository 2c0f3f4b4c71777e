using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Status;
using EarlyWarning.Notification.Tests.Infrastructure;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using Delivered = EarlyWarning.V1.Delivery.Types.State;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Dispatching;

public sealed class RedeliveryTests : IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;
    private WebhookReceiver _other = null!;
    private TestSuite _suite = null!;

    public async ValueTask InitializeAsync()
    {
        (_receiver, _other) = (await WebhookReceiver.StartAsync(), await WebhookReceiver.StartAsync());
        _suite = await TestSuite.StartAsync(Recipient("desk", "operator", channels: $"[{Webhook(_receiver.Address, "hook")}]"));
    }

    public async ValueTask DisposeAsync()
    {
        await _suite.DisposeAsync();
        await _receiver.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Redeliver_GivenUp_IsDeliveredUnderTheSameIdAndSaysSo()
    {
        _receiver.Always(503);
        await _suite.DeliverAsync(Breach());
        await _suite.NextReceiptAsync(1);
        _suite.Advance(TimeSpan.FromDays(7));
        var given = await _suite.SingleAsync(one => one.State == State.GivenUp, "given up");
        _receiver.Always(200);

        Assert.True(await RedeliverAsync(given));

        var delivered = await _suite.SingleAsync(one => one.State == State.Delivered, "delivered");
        Assert.Equal([1, 2, 3], delivered.Receipts.Select(one => one.Attempt));
        Assert.Single(_receiver.Calls.Select(call => call.Id).Distinct());
        await Eventually.HoldsAsync(() => _suite.Broker.Events.Count == 2, "both outcomes on the topic");
        Assert.Equal(
            ["earlywarning.v1.notification.given-up", "earlywarning.v1.notification.delivered"],
            _suite.Broker.Events.Select(one => one.Type)
        );
        Assert.Equal(V1.Health.Ok, (await _suite.StatusAsync("given up")).Health);
        Assert.False(await RedeliverAsync(delivered));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GivenUp_SentAnewOrAcknowledged_TurnsLineAndGaugeWellAgain(bool acknowledged)
    {
        _receiver.Always(503);
        await _suite.DeliverAsync(Breach());
        await _suite.NextReceiptAsync(1);
        Assert.Equal((V1.Health.Ok, 0), await StandingAsync());
        _suite.Advance(TimeSpan.FromDays(7));
        var given = await _suite.SingleAsync(one => one.State == State.GivenUp, "given up");
        Assert.Equal((V1.Health.Failing, 1), await StandingAsync());
        _receiver.Always(200);

        if (acknowledged)
        {
            await _suite.MarkAsync(given.Name, acknowledged: true);
        }
        else
        {
            Assert.True(await RedeliverAsync(given));
        }

        Assert.Equal((V1.Health.Ok, 0), await StandingAsync());

        async Task<(V1.Health, double)> StandingAsync()
        {
            var measured = OwedGauges.Of(await _suite.Get<OwedReader>().ReadAsync(default), 0, _suite.Time.GetUtcNow());
            return (
                (await _suite.StatusAsync("given up")).Health,
                measured.Single(one => one.Gauge.Name == "earlywarning.notification.given_up").Value
            );
        }
    }

    [Fact]
    public async Task Redeliver_WaitingInItsBackOff_IsSentAtOnce()
    {
        _receiver.Always(429, "600");
        await _suite.DeliverAsync(Breach());
        var waiting = await _suite.NextReceiptAsync(1);
        _receiver.Always(200);

        Assert.True(await RedeliverAsync(waiting));

        await _suite.SingleAsync(one => one.State == State.Delivered, "delivered without a wait");
    }

    [Fact]
    public async Task Deliver_Answer410_RestsTheChannelUntilAnOperatorSaysOtherwise()
    {
        _receiver.Always(410);
        await _suite.DeliverAsync(Breach());
        await _suite.NextReceiptAsync(1);
        await _suite.DeliverAsync(Breach("XAB-2"));
        _suite.Advance(TimeSpan.FromHours(12));
        await Eventually.GetAsync(
            () => _suite.ListAsync(),
            all => all.Count == 2 && all.All(one => one.Deliveries[0].NextAttemptTime is null),
            "both rest"
        );
        Assert.Equal(1, _receiver.Count);
        var resting = await _suite.StatusAsync("resting channels");
        Assert.Equal(V1.Health.Attention, resting.Health);
        Assert.Contains("recipients/desk, hook", resting.Text, StringComparison.Ordinal);
        _receiver.Always(200);

        Assert.Equal(2, await _suite.Get<Redelivery>().RecipientAsync("recipients/desk", "hook", "", default));

        await Eventually.GetAsync(() => _suite.ListAsync(), all => all.All(one => one.State == State.Delivered), "both delivered");
        Assert.Equal(V1.Health.Ok, (await _suite.StatusAsync("resting channels")).Health);
    }

    [Fact]
    public async Task RedeliverAll_TheSameRequestAgainAfterACrashAtItsEnd_SendsNothingAnewTwice()
    {
        const string Mark = "caller\nagain\n/method\ncontent";
        _receiver.Always(410);
        await _suite.DeliverAsync(Breach());
        await _suite.NextReceiptAsync(1);
        await _suite.DeliverAsync(Breach("XAB-2"));
        await Eventually.GetAsync(
            () => _suite.ListAsync(),
            all => all.Count == 2 && all.All(one => one.Deliveries[0].NextAttemptTime is null),
            "both rest"
        );
        await _suite.StopAsync();
        await _suite.StartAsync(dispatch: false);

        var first = await _suite.Get<Redelivery>().RecipientAsync("recipients/desk", "hook", Mark, default);
        var after = await _suite.ListAsync();
        var again = await _suite.Get<Redelivery>().RecipientAsync("recipients/desk", "hook", Mark, default);

        Assert.Equal((2, 2), (first, again));
        Assert.Equal(after, await _suite.ListAsync());
    }

    [Fact]
    public async Task Deliver_Answer410_UsesTheOtherChannelsAndACorrectedAddressEndsTheRest()
    {
        _receiver.Always(410);
        await _suite.DeliverAsync(Breach());
        await _suite.NextReceiptAsync(1);

        _suite.WriteDirectory(Recipient("desk", "operator", channels: $"[inbox, {Webhook(_receiver.Address, "hook")}]"));
        await _suite.SingleAsync(one => one.State == State.Delivered, "in the inbox that is new");
        Assert.Equal(1, _receiver.Count);
        _suite.WriteDirectory(Recipient("desk", "operator", channels: $"[inbox, {Webhook(_other.Address, "hook")}]"));

        var all = await _suite.SingleAsync(one => one.Deliveries.All(d => d.State == Delivered.Delivered), "delivered on both");
        Assert.Equal((1, 1), (_receiver.Count, _other.Count));
        Assert.Equal(2, all.Deliveries.Count);
        Assert.Equal(V1.Health.Ok, (await _suite.StatusAsync("resting channels")).Health);
    }

    [Fact]
    public async Task Redeliver_OfARecipient_IsAllThatWaitsOrWasGivenUp()
    {
        _receiver.Always(503);
        await _suite.DeliverAsync(Breach("XAB-1"));
        await _suite.NextReceiptAsync(1);
        _suite.Advance(TimeSpan.FromDays(7));
        await _suite.SingleAsync(one => one.State == State.GivenUp, "given up");
        await _suite.DeliverAsync(Breach("XAB-2"));
        _receiver.Always(200);

        Assert.Equal(2, await _suite.Get<Redelivery>().RecipientAsync("recipients/desk", "", "", default));

        await Eventually.GetAsync(
            async () =>
            {
                // The second one's first attempt may end after the channel was made free.
                _suite.Advance(TimeSpan.FromSeconds(1));
                return await _suite.ListAsync();
            },
            all => all.All(one => one.State == State.Delivered),
            "both delivered"
        );
    }

    [Fact]
    public async Task Redeliver_ToChannelThatLeftWhereAnotherHasIt_LetsGo()
    {
        _receiver.Always(503);
        await _suite.DeliverAsync(Breach());
        await _suite.NextReceiptAsync(1);
        _suite.WriteDirectory(Recipient("desk", "operator", channels: "[inbox]"));
        var delivered = await _suite.SingleAsync(one => one.State == State.Delivered, "in the inbox");

        await RedeliverAsync(delivered);

        Assert.Contains((await _suite.ListAsync())[0].Deliveries, one => one.State == Delivered.Withdrawn);
        Assert.Equal(V1.Health.Ok, (await _suite.StatusAsync("undelivered")).Health);
    }

    private async Task<bool> RedeliverAsync(V1.Notification one) =>
        await _suite
            .Get<Redelivery>()
            .MessageAsync((await _suite.Get<MessageRegister>().FindAsync(Message.IdOf(one.Name), default))!, "", "", default);
}
