using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Notification.Invariants;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Tests.Infrastructure;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Dispatching;

/// <summary>The same statements on PostgreSQL.</summary>
public sealed class PostgresTests
{
    [Fact]
    public async Task Messages_OnPostgres_AreRoutedSentListedAndSentAnew()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerWith(503, 410);
        await using var suite = await TestSuite.StartAsync(
            server,
            true,
            Recipient("desk", "operator", "countries: [XAB]", $"[inbox, {Webhook(receiver.Address, "hook")}]")
        );

        await suite.DeliverAsync(Breach("XAC-1", "XAC"));
        await suite.DeliverAsync(Breach());
        await suite.DeliverAsync(Breach());
        await suite.DeliverAsync(Escalation());
        await Eventually.GetAsync(() => suite.InboxAsync("desk"), all => all[0].Receipts.Count == 2, "a refusal");
        suite.Advance(TimeSpan.FromSeconds(1));
        await Eventually.GetAsync(() => suite.StatusAsync("resting channels"), line => line.Health != V1.Health.Ok, "the channel rests");
        await suite.DeliverAsync(Resolved());
        Assert.Equal(2, await suite.Get<Redelivery>().RecipientAsync("recipients/desk", "hook", "", default));
        await Eventually.GetAsync(
            () => suite.InboxAsync("desk"),
            all => all.All(one => one.Deliveries.All(d => d.GiveUpTime is null)),
            "all delivered"
        );
        suite.WriteDirectory(Recipient("desk", "operator"), Recipient("focal", "focal-point", "countries: [XAB]"));
        await Eventually.GetAsync(() => suite.StatusAsync("nobody to tell"), line => line.Health == V1.Health.Ok, "somebody is named");

        var all = await suite.ListAsync();
        Assert.Equal(
            [State.Delivered, State.Delivered, State.Delivered, State.Unaddressed, State.Unaddressed],
            all.Select(one => one.State).Order()
        );
        await suite.MarkAsync(all.First(one => one.State == State.Delivered).Name, acknowledged: true);
        Assert.Equal(
            1,
            await suite.Get<MessageRegister>().CountAsync(new() { State = State.Acknowledged, Countries = { all[0].Country } }, default)
        );
        Assert.Empty((await new MessageInvariant(suite.Store).CheckAsync(default)).Violations);
        Assert.Equal(V1.Health.Ok, (await suite.StatusAsync("given up")).Health);
    }
}
