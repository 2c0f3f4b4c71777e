using EarlyWarning.Notification.Tests.Infrastructure;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using Delivered = EarlyWarning.V1.Delivery.Types.State;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Dispatching;

public sealed class DirectoryChangeTests : IAsyncLifetime
{
    private WebhookReceiver _one = null!;
    private WebhookReceiver _other = null!;
    private TestSuite _suite = null!;

    public async ValueTask InitializeAsync()
    {
        (_one, _other) = (await WebhookReceiver.StartAsync(), await WebhookReceiver.StartAsync());
        _suite = await TestSuite.StartAsync(Desk(Webhook(_one.Address, "first")));
    }

    public async ValueTask DisposeAsync()
    {
        await _suite.DisposeAsync();
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Directory_AddressCorrected_IsUsedAtOnceWithinTheBackOff()
    {
        _one.Always(404);
        await _suite.DeliverAsync(Breach());
        for (var receipt = 1; receipt <= 8; receipt++)
        {
            await _suite.NextReceiptAsync(receipt);
        }

        _suite.WriteDirectory(Desk(Webhook(_other.Address, "first")));

        var delivered = await _suite.SingleAsync(one => one.State == State.Delivered, "delivered at the new address");
        Assert.Equal((8, 1), (_one.Count, _other.Count));
        Assert.Equal(_one.Calls[0].Id, _other.Calls[0].Id);
        Assert.Equal(_other.Address, delivered.Receipts[^1].Destination);
        Assert.Equal(_one.Address, delivered.Receipts[0].Destination);
    }

    [Fact]
    public async Task Directory_ChannelsInAnotherOrder_ChangesNothingOfWhatIsSentWhere()
    {
        _one.Always(503);
        _suite.WriteDirectory(Desk(Webhook(_one.Address), Webhook(_other.Address)));
        await _suite.DeliverAsync(Breach());
        await _suite.SingleAsync(one => one.State == State.Delivered && one.Receipts.Count == 2, "a receipt of each");

        _suite.WriteDirectory(Desk(Webhook(_other.Address), Webhook(_one.Address)));
        await _suite.NextReceiptAsync(3);
        _one.Always(200);
        var now = await _suite.NextReceiptAsync(4);

        Assert.Equal(1, _other.Count);
        Assert.Equal(3, _one.Count);
        Assert.All(now.Deliveries, one => Assert.Equal(Delivered.Delivered, one.State));
        Assert.All(now.Receipts, one => Assert.Equal(one.Destination == _one.Address ? _one.Address : _other.Address, one.Destination));
    }

    [Fact]
    public async Task Directory_ChannelsSwapAddresses_EachReceiptNamesWhereItWent()
    {
        (_one.Answer, var asked) = ((context, _) => Answer(context, 503), 0);
        _suite.WriteDirectory(Desk(Webhook(_one.Address, "first"), Webhook(_other.Address, "second")));
        await _suite.DeliverAsync(Breach());
        await _suite.SingleAsync(one => one.Receipts.Count == 2, "a receipt of each");

        _suite.WriteDirectory(Desk(Webhook(_other.Address, "first"), Webhook(_one.Address, "second")));

        var now = await _suite.SingleAsync(one => one.Receipts.Count == 3, "the first channel at its new address");
        asked = _one.Count;
        Assert.Equal((1, 2), (asked, _other.Count));
        Assert.Equal(
            [("first", _one.Address, false), ("second", _other.Address, true), ("first", _other.Address, true)],
            now.Receipts.OrderBy(r => r.Attempt).ThenBy(r => r.ChannelId).Select(r => (r.ChannelId, r.Destination, r.Delivered))
        );
    }

    [Fact]
    public async Task Directory_ChannelReplaced_UsesTheNewOneAndLetsTheOldOneWait()
    {
        _one.Always(503);
        _suite.WriteDirectory(Desk(Webhook(_one.Address)));
        await _suite.DeliverAsync(Breach());
        await _suite.NextReceiptAsync(1);

        _suite.WriteDirectory(Desk(Webhook(_other.Address)));

        var delivered = await _suite.SingleAsync(one => one.State == State.Delivered, "delivered by the new channel");
        var waits = Assert.Single(delivered.Deliveries, one => one.State == Delivered.Waiting);
        Assert.Contains("no longer has this channel", waits.Detail, StringComparison.Ordinal);
        Assert.Equal((_one.Address, 1, 1), (waits.Destination, _one.Count, _other.Count));

        _suite.Advance(TimeSpan.FromDays(7));

        await _suite.SingleAsync(one => one.Deliveries.Any(d => d.State == Delivered.Withdrawn), "the old channel lets go");
        Assert.Equal(V1.Health.Ok, (await _suite.StatusAsync("given up")).Health);
        Assert.Equal(V1.Health.Ok, (await _suite.StatusAsync("undelivered")).Health);
    }

    [Fact]
    public async Task Directory_RecipientTakenOut_IsKeptUntilTheyAreBack()
    {
        _one.Always(500);
        await _suite.DeliverAsync(Breach());
        await _suite.NextReceiptAsync(1);
        _suite.WriteDirectory(Recipient("somebody-else", "un-office"));
        await Eventually.GetAsync(
            () =>
            {
                // An attempt may have begun before the directory was looked at.
                _suite.Advance(TimeSpan.FromSeconds(1));
                return _suite.ListAsync();
            },
            all => all[0].Deliveries[0].Detail.Contains("no longer has recipients/desk", StringComparison.Ordinal),
            "the reason"
        );
        Assert.Contains("no longer has recipients/desk", (await _suite.StatusAsync("undelivered")).Text, StringComparison.Ordinal);
        _one.Always(200);

        _suite.WriteDirectory(Desk(Webhook(_one.Address, "first")));

        await _suite.SingleAsync(one => one.State == State.Delivered, "delivered");
    }

    [Fact]
    public async Task Directory_CompletedWhileTheBreachFires_TellsWhomItNamesNow()
    {
        await _suite.DeliverAsync(Breach("XAC-1", "XAC"));
        await _suite.DeliverAsync(Escalation(V1.Role.DecisionMaker));
        _suite.WriteDirectory(Recipient("nobody", "focal-point", "countries: [XAB]"));
        await _suite.DeliverAsync(Breach("XAB-2"));
        await _suite.DeliverAsync(Breach("XAB-3"));
        await _suite.DeliverAsync(Resolved("XAB-3"));
        Assert.Contains("2.", (await _suite.StatusAsync("nobody to tell")).Text, StringComparison.Ordinal);

        _suite.WriteDirectory(Desk(Webhook(_one.Address, "first")), Recipient("adviser", "decision-maker"));

        await Eventually.HoldsAsync(() => _one.Count == 2, "both breaches at the receiver");
        await Eventually.GetAsync(() => _suite.StatusAsync("nobody to tell"), line => line.Health == V1.Health.Ok, "well again");
        Assert.Equal("breaches/XAB-2", _one.Calls[1].Breach.GetProperty("name").GetString());
        var all = await Eventually.GetAsync(
            () => _suite.ListAsync(),
            all => all.Count(one => one.State == State.Delivered) == 2,
            "both delivered"
        );
        Assert.Empty(await _suite.InboxAsync("adviser"));
        Assert.All(all.Where(one => one.State == State.Unaddressed), one => Assert.Contains("since", one.Reason, StringComparison.Ordinal));
        Assert.Equal(
            0,
            await _suite.CountAsync("select count(*) from notification_event e where e.source is not null and e.event like 'XAB-3%'")
        );
    }

    [Fact]
    public async Task Directory_CompletedTwice_TellsOnce()
    {
        _suite.WriteDirectory(Recipient("nobody", "focal-point", "countries: [XAB]"));
        await _suite.DeliverAsync(Breach());
        _suite.WriteDirectory(Recipient("desk", "operator"));
        await _suite.CountedAsync(2, "told");

        _suite.WriteDirectory(Recipient("desk", "operator"), Recipient("another", "operator"));
        await _suite.RestartAsync();
        await _suite.DeliverAsync(Resolved());

        Assert.Equal(3, (await _suite.ListAsync()).Count);
        Assert.Equal(2, (await _suite.InboxAsync("desk")).Count);
    }

    private static Task Answer(Microsoft.AspNetCore.Http.HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static string Desk(params string[] channels) => Recipient("desk", "operator", channels: $"[{string.Join(", ", channels)}]");
}
