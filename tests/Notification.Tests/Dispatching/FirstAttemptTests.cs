using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Routing;
using EarlyWarning.Notification.Tests.Infrastructure;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Dispatching;

/// <summary>A destination that is free has a message's first attempt begun with the message, in one commit.</summary>
public sealed class FirstAttemptTests : IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;
    private TestSuite _suite = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _suite = await TestSuite.StartAsync(Recipient("desk", "operator", channels: $"[{Webhook(_receiver.Address, "hook")}]"));

        // The first message of a destination waits for a look: nobody knows yet whether it is free.
        await _suite.DeliverAsync(Breach("XAB-1"));
        await DeliveredAsync(1);
        var (runner, first) = (_suite.Get<AttemptRunner>(), Message.IdOf((await _suite.ListAsync())[0].Name));
        await Eventually.HoldsAsync(() => !runner.Runs(new("recipients/desk", "hook"), first), "its place is free");
    }

    public async ValueTask DisposeAsync()
    {
        await _suite.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Deliver_DestinationFree_IsBegunInTheCommitThatMakesTheMessage()
    {
        var hanging = _receiver.Hangs();

        await _suite.DeliverAsync(Breach("XAB-2"));

        Assert.Equal(
            1,
            await _suite.CountAsync(
                $"""
                select count(*) from notification_delivery d join notification_receipt r on r.message = d.message and r.channel = d.channel
                where d.attempts = 1 and d.holder = '{_suite.Get<DeliveryQueue>().Holder}' and r.attempt = 1 and r.outcome = 0
                """
            )
        );
        hanging.SetResult();
        await DeliveredAsync(2);
        Assert.Equal(0, await _suite.CountAsync("select count(*) from notification_receipt where outcome = 0"));
        Assert.Equal(2, _receiver.Count);
    }

    [Fact]
    public async Task Deliver_BegunAttemptFails_SendsTheSameBytesUnderTheSameId()
    {
        _receiver.AnswerWith(200, 500);
        await _suite.DeliverAsync(Breach("XAB-2"));
        await Eventually.HoldsAsync(
            async () => (await _suite.ListAsync()).Any(one => one is { State: State.Pending, Receipts.Count: 1 }),
            "the receipt of the failure"
        );

        _suite.Advance(TimeSpan.FromSeconds(1));

        await DeliveredAsync(2);
        Assert.Equal(_receiver.Calls[1].Id, _receiver.Calls[2].Id);
        Assert.Equal(_receiver.Calls[1].Body, _receiver.Calls[2].Body);
    }

    [Fact]
    public async Task Deliver_OneEventByTwoAtOnce_IsOneMessageSentOnceAndNoPlaceIsLost()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _suite.DeliverAsync(Breach("XAB-2")))));
        await DeliveredAsync(2);
        Assert.Equal(2, _receiver.Count);

        for (var i = 3; i < 10; i++)
        {
            await _suite.DeliverAsync(Breach($"XAB-{i}"));
        }

        await DeliveredAsync(9);
    }

    [Fact]
    public async Task Release_OfAMessageThatSomebodyElseHasCommitted_LetsItBeSentWithoutTimePassing()
    {
        var (breach, directory, runner) = (Breach("XAB-2"), _suite.Get<DirectorySource>().Current, _suite.Get<AttemptRunner>());
        var words = _suite
            .Get<MessageAuthor>()
            .Write(
                "event",
                MessageText.Breach(breach),
                Router.ForBreach(directory, breach.Country),
                directory.Tlp,
                _suite.Time.GetUtcNow()
            );
        var reserved = runner.Reserve([.. words]);
        await _suite.DeliverAsync(breach, "event");
        await runner.BeginAsync(reserved.Begun[0].Place.Key, reserved.Begun[0].Place.Entry);
        Assert.Equal(1, _receiver.Count);

        runner.Release(reserved);

        await DeliveredAsync(2);
        Assert.Equal(2, _receiver.Count);
    }

    private Task DeliveredAsync(int count) =>
        Eventually.HoldsAsync(
            async () => (await _suite.ListAsync()).Count(one => one.State == State.Delivered) == count,
            $"{count} delivered"
        );
}
