using EarlyWarning.Messaging;
using EarlyWarning.Notification.Tests.Infrastructure;
using Google.Protobuf;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Desk;

public sealed class InboxTests : IAsyncLifetime
{
    private DeskCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await DeskCluster.StartAsync(
        Recipient("desk", "operator", "countries: [XAB]"), Recipient("focal", "focal_point", "countries: [XAB]"));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Deliver_Breach_IsInTheInboxAtOnceAndPublished()
    {
        await _cluster.DeliverAsync(Breach());

        var message = Assert.Single(await _cluster.ListAsync());
        Assert.Equal(("recipients/desk", State.Delivered), (message.Recipient, message.State));
        Assert.StartsWith("TLP:AMBER\n", message.Body, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => _cluster.Broker.Events.Count == 1, "the outcome on the topic");
        var published = _cluster.Broker.Events[0];
        Assert.Equal((Topics.Notifications, "earlywarning.v1.notification.delivered", "XAB"), (published.Topic, published.Type, published.Subject));
        Assert.Equal($"{message.Name["notifications/".Length..]}-delivered", published.Id);
    }

    [Fact]
    public async Task Deliver_ToMoreThanAnEntryHolds_TellsEachOnceAlsoWhereItIsInterrupted()
    {
        const int Many = 3_000;
        await using var cluster = await DeskCluster.StartAsync([.. Enumerable.Range(0, Many).Select(n => Recipient($"operator-{n}", "operator"))]);
        var appends = 0;
        cluster.Journals.Fate = (_, payload) => payload.Length > 100_000 && ++appends == 2 ? Fate.FailsBefore : Fate.Appends;

        await Assert.ThrowsAnyAsync<Exception>(() => cluster.DeliverAsync(Breach()));
        await cluster.LoseMemoryAsync();
        Assert.Equal(EventResult.Success, await cluster.DeliverAsync(Breach()));

        var told = await cluster.Desk.ListAsync(new(), 0, 2 * Many);
        Assert.Equal(Many, told.Count);
        Assert.Equal(Many, told.Select(one => one.Recipient).Distinct().Count());
        Assert.InRange(appends, 3, 10);
    }

    [Fact]
    public async Task Deliver_Step_IsToldToTheRoleThatIsAsked()
    {
        await _cluster.DeliverAsync(Escalation());

        var message = Assert.Single(await _cluster.ListAsync(@case: "cases/c1"));
        Assert.Equal(("recipients/focal", 1), (message.Recipient, message.Step));
        Assert.Equal(Start.AddHours(6), message.AnswerDueTime.ToDateTimeOffset());
    }

    [Fact]
    public async Task Deliver_NobodyForTheCountry_IsKeptAsNotToldWithTheReason()
    {
        await _cluster.DeliverAsync(Breach("XAC-1", "XAC"));

        var message = Assert.Single(await _cluster.ListAsync(breach: "breaches/XAC-1"));
        Assert.Equal(("", State.Failed), (message.Recipient, message.State));
        Assert.Contains("names no operator for XAC", message.Reason, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => _cluster.Broker.Events.Any(p => p.Type == "earlywarning.v1.notification.failed"), "the failure on the topic");
        Assert.Contains("desk was not told: answers for XAB and not for XAC.", await _cluster.Desk.WhyNotToldAsync("breaches/XAC-1", "XAC"));
    }

    [Fact]
    public async Task Deliver_Resolved_IsToldToThoseWhoWereTold()
    {
        await _cluster.DeliverAsync(Breach());
        await _cluster.DeliverAsync(Escalation());

        await _cluster.DeliverAsync(Resolved());

        var all = await _cluster.ListAsync(breach: "breaches/XAB-1");
        Assert.Equal(["recipients/focal", "recipients/desk"], all.Where(n => n.Subject.Contains("Resolved", StringComparison.Ordinal)).Select(n => n.Recipient).OrderDescending());
    }

    [Fact]
    public async Task Deliver_OverBeforeAnybodyWasTold_IsOneMessageToThoseOfItsRoute()
    {
        var late = Resolved();
        (late.Sequence, late.Late) = (1, true);
        await _cluster.DeliverAsync(late);
        await _cluster.DeliverAsync(late);

        var message = Assert.Single(await _cluster.ListAsync());
        Assert.Contains("Received late, and over", message.Subject, StringComparison.Ordinal);
        Assert.Contains(late.Sentence, message.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_ResolvedBeforeFiring_IsToldOnceAndTheFiringIsPassedOver()
    {
        await _cluster.DeliverAsync(Resolved());
        await _cluster.DeliverAsync(Breach());

        var message = Assert.Single(await _cluster.ListAsync());
        Assert.Contains("Resolved", message.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_AfterLosingMemory_RemembersWhatWasHandled()
    {
        await _cluster.DeliverAsync(Breach());
        await _cluster.LoseMemoryAsync();
        await _cluster.DeliverAsync(Breach());
        await _cluster.DeliverAsync(Breach(), id: "another-id");

        Assert.Single(await _cluster.ListAsync());
    }

    [Fact]
    public async Task Deliver_BrokerDown_PublishesUnderTheSameIdLater()
    {
        _cluster.Broker.IsDown = true;
        await _cluster.DeliverAsync(Breach());
        await _cluster.LoseMemoryAsync();
        _cluster.Broker.IsDown = false;

        await Eventually.GetAsync(
            async () =>
            {
                _cluster.Time.Advance(TimeSpan.FromSeconds(1));
                await _cluster.Inner.WakeAsync();
                return _cluster.Broker.Events.Count;
            },
            count => count > 0, "the outcome on the topic");

        Assert.Single(_cluster.Broker.Events.Select(p => p.Id).Distinct());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task Deliver_Unreadable_IsDropped(string data) =>
        Assert.Equal(EventResult.Drop, await _cluster.DeliverAsync(Topics.ThresholdBreaches, "e1", data));

    [Fact]
    public async Task Deliver_FieldOfANewerPublisher_IsPassedOver()
    {
        var data = JsonFormatter.Default.Format(Breach())[..^1] + ", \"fromTheFuture\": 1}";

        Assert.Equal(EventResult.Success, await _cluster.DeliverAsync(Topics.ThresholdBreaches, "e1", data));
    }

    [Fact]
    public async Task Mark_ReadThenAcknowledged_IsKeptOnceOverALossOfMemory()
    {
        await _cluster.DeliverAsync(Breach());
        var name = Assert.Single(await _cluster.ListAsync()).Name;

        var read = await _cluster.Inner.MarkAsync(name, acknowledged: false, "Ann", actorVerified: true);
        _cluster.Time.Advance(TimeSpan.FromMinutes(1));
        await _cluster.Inner.MarkAsync(name, acknowledged: false, "Ann", actorVerified: true);
        await _cluster.Inner.MarkAsync(name, acknowledged: true, "Ann", actorVerified: true);
        var appended = _cluster.Journals.Entries("notifications").Count;
        await _cluster.Inner.MarkAsync(name, acknowledged: true, "Bob", actorVerified: true);
        await _cluster.LoseMemoryAsync();

        var message = (await _cluster.Desk.GetAsync(name))!;
        Assert.Equal(State.Read, read!.State);
        Assert.Equal((State.Acknowledged, Start), (message.State, message.ReadTime.ToDateTimeOffset()));
        Assert.Equal(appended, _cluster.Journals.Entries("notifications").Count);
        Assert.Null(await _cluster.Inner.MarkAsync("notifications/unknown", acknowledged: true, "Ann", actorVerified: true));
    }

    [Fact]
    public async Task Page_WhileMoreComeIn_ShowsEachOnceNewestFirst()
    {
        for (var i = 1; i <= 5; i++)
        {
            await _cluster.DeliverAsync(Breach($"XAB-{i}"));
        }

        var filter = new V1.ListNotificationsRequest { Recipient = "recipients/desk" };
        var first = await _cluster.Inner.PageAsync(filter, long.MaxValue, 2);
        await _cluster.DeliverAsync(Breach("XAB-6"));
        var second = await _cluster.Inner.PageAsync(filter, first.Before, 2);
        var third = await _cluster.Inner.PageAsync(filter, second.Before, 2);

        Assert.Equal(
            ["breaches/XAB-5", "breaches/XAB-4", "breaches/XAB-3", "breaches/XAB-2", "breaches/XAB-1"],
            first.Items.Concat(second.Items).Concat(third.Items).Select(n => n.Breach));
        Assert.Equal(0, third.Before);
    }
}
