using EarlyWarning.Messaging.Events;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Status;
using EarlyWarning.Notification.Tests.Infrastructure;
using Google.Protobuf;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Intake;

public sealed class IntakeTests : IAsyncLifetime
{
    private TestSuite _suite = null!;

    public async ValueTask InitializeAsync() =>
        _suite = await TestSuite.StartAsync(
            Recipient("desk", "operator", "countries: [XAB]"),
            Recipient("focal", "focal-point", "countries: [XAB]")
        );

    public ValueTask DisposeAsync() => _suite.DisposeAsync();

    [Fact]
    public async Task Deliver_Breach_IsInTheInboxAtOnceAndPublished()
    {
        await _suite.DeliverAsync(Breach());

        var message = Assert.Single(await _suite.ListAsync());
        Assert.Equal(("recipients/desk", State.Delivered, V1.Severity.Emergency), (message.Recipient, message.State, message.Severity));
        Assert.StartsWith("TLP:AMBER\n", message.Body, StringComparison.Ordinal);
        Assert.Equal(("inbox", true), (Assert.Single(message.Receipts).ChannelId, message.Receipts[0].Delivered));
        await Eventually.HoldsAsync(() => _suite.Broker.Events.Count == 1, "the outcome on the topic");
        var published = _suite.Broker.Events[0];
        Assert.Equal(
            (Topics.Notifications, "earlywarning.v1.notification.delivered", "XAB"),
            (published.Topic, published.Type, published.Subject)
        );
        Assert.StartsWith($"{Message.IdOf(message.Name)}.delivered.", published.Id, StringComparison.Ordinal);
        Assert.Equal(message, published.As<V1.Notification>());
    }

    [Fact]
    public async Task Deliver_ToThousands_TellsEachOnceAlsoWhereItIsInterrupted()
    {
        const int Many = 3_000;
        await using var suite = await TestSuite.StartAsync([
            .. Enumerable.Range(0, Many).Select(n => Recipient($"operator-{n}", "operator")),
        ]);
        suite.Store.Broken = true;
        await Assert.ThrowsAnyAsync<Exception>(() => suite.DeliverAsync(Breach()));
        suite.Store.Broken = false;
        Assert.Empty(await suite.ListAsync());

        Assert.Equal(EventResult.Success, await suite.DeliverAsync(Breach()));

        Assert.Equal(Many, (await suite.ListAsync()).Select(one => one.Recipient).Distinct().Count());
        Assert.Equal(1, await suite.CountAsync("select count(*) from consumed where consumer = 'notification'"));
    }

    [Fact]
    public async Task Deliver_AnswerOfTheCommitLost_TellsOnceWhenItComesAgain()
    {
        _suite.Store.LoseNextCommit = true;
        await Assert.ThrowsAnyAsync<Exception>(() => _suite.DeliverAsync(Breach()));

        Assert.Equal(EventResult.Success, await _suite.DeliverAsync(Breach()));

        Assert.Single(await _suite.ListAsync());
        await Eventually.HoldsAsync(() => _suite.Broker.Events.Count == 1, "one outcome on the topic");
    }

    [Fact]
    public async Task Deliver_SameEventAtOnceManyTimes_TellsOnce()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => _suite.DeliverAsync(n % 2 == 0 ? Breach() : Escalation())));

        Assert.All(results, one => Assert.Equal(EventResult.Success, one));
        Assert.Equal(["recipients/desk", "recipients/focal"], (await _suite.ListAsync()).Select(one => one.Recipient).Order());
    }

    [Fact]
    public async Task Deliver_FiringAndItsEndAtOnce_TellsWholeWhicheverIsFirst()
    {
        for (var i = 0; i < 10; i++)
        {
            await Task.WhenAll(_suite.DeliverAsync(Breach($"XAB-{i}")), _suite.DeliverAsync(Resolved($"XAB-{i}")));

            var told = await _suite.ListAsync(new() { Breach = $"breaches/XAB-{i}" });
            Assert.Contains("Resolved", told[0].Subject, StringComparison.Ordinal);
            Assert.InRange(told.Count, 1, 2);
        }
    }

    [Fact]
    public async Task Deliver_Step_IsToldToTheRoleThatIsAsked()
    {
        await _suite.DeliverAsync(Escalation());

        var message = Assert.Single(await _suite.ListAsync(new() { Case = "cases/c1" }));
        Assert.Equal(("recipients/focal", 1), (message.Recipient, message.Step));
        Assert.Equal(Start.AddHours(6), message.AnswerDueTime.ToDateTimeOffset());
        Assert.Contains("ew acknowledge c1 --as recipients/focal", message.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_NobodyForTheCountry_SaysSoAtOnceWithWhomToAdd()
    {
        await _suite.DeliverAsync(Breach("XAC-1", "XAC"));

        var message = Assert.Single(await _suite.ListAsync(new() { Breach = "breaches/XAC-1" }));
        Assert.Equal(("", State.Unaddressed), (message.Recipient, message.State));
        Assert.Contains("names no operator for XAC", message.Reason, StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            () => _suite.Broker.Events.Any(p => p.Type == "earlywarning.v1.notification.unaddressed"),
            "the outcome on the topic"
        );
        Assert.Equal(V1.Health.Failing, (await _suite.StatusAsync("nobody to tell")).Health);
    }

    [Fact]
    public async Task Deliver_TheSameStepOfAnotherClimb_LeavesWhatNobodyCouldBeToldOfThisOne()
    {
        await _suite.DeliverAsync(Escalation(V1.Role.UnOffice), "climb-1");
        Assert.Equal(V1.Health.Failing, (await _suite.StatusAsync("nobody to tell")).Health);

        await _suite.DeliverAsync(new V1.Escalation(Escalation()) { Climb = 2 }, "climb-2");
        Assert.Equal(V1.Health.Failing, (await _suite.StatusAsync("nobody to tell")).Health);

        await _suite.DeliverAsync(Escalation(), "climb-1-again");
        Assert.Equal(V1.Health.Ok, (await _suite.StatusAsync("nobody to tell")).Health);
        Assert.Equal(0, await _suite.CountAsync("select count(*) from notification_event where source is not null"));
    }

    [Fact]
    public async Task Deliver_ClimbThatAsksNobodyAnyMore_TurnsWellWhatNobodyCouldBeToldOfIt()
    {
        await _suite.DeliverAsync(Escalation(V1.Role.UnOffice), "climb-1");
        await _suite.DeliverAsync(new V1.Escalation(Escalation(V1.Role.UnOffice)) { Climb = 2 }, "climb-2");

        await _suite.DeliverAsync(Settled(1), "climb-1-settled");
        await _suite.DeliverAsync(Settled(1), "climb-1-settled");
        Assert.Equal(1, (await _suite.Get<OwedReader>().ReadAsync(default)).Unaddressed);

        await _suite.DeliverAsync(Settled(2), "climb-2-settled");
        Assert.Equal(V1.Health.Ok, (await _suite.StatusAsync("nobody to tell")).Health);
        Assert.Equal(2, (await _suite.ListAsync()).Count(one => one.Reason.EndsWith("it ended.", StringComparison.Ordinal)));
        Assert.Equal(0, await _suite.CountAsync("select count(*) from notification_event where source is not null"));

        static V1.Escalation Settled(int climb) =>
            new()
            {
                Case = Escalation().Case,
                Climb = climb,
                Settled = true,
            };
    }

    [Fact]
    public async Task Deliver_Resolved_IsToldToThoseWhoWereTold()
    {
        await _suite.DeliverAsync(Breach());
        await _suite.DeliverAsync(Escalation());

        await _suite.DeliverAsync(Resolved());

        var all = await _suite.ListAsync(new() { Breach = "breaches/XAB-1" });
        Assert.Equal(
            ["recipients/focal", "recipients/desk"],
            all.Where(n => n.Subject.Contains("Resolved", StringComparison.Ordinal)).Select(n => n.Recipient).OrderDescending()
        );
    }

    [Fact]
    public async Task Deliver_EndToSomebodyWhoHasLeft_WaitsUntilTheyAreBack()
    {
        await _suite.DeliverAsync(Breach());
        _suite.WriteDirectory(Recipient("focal", "focal-point", "countries: [XAB]"));
        await _suite.DeliverAsync(Resolved());
        var waiting = await Eventually.GetAsync(
            () => _suite.InboxAsync("desk"),
            all => all.Count == 2 && all[0].Deliveries[0].Detail.Length > 0,
            "the end that waits"
        );
        Assert.Equal(State.Pending, waiting[0].State);
        Assert.Contains("no longer has recipients/desk", waiting[0].Deliveries[0].Detail, StringComparison.Ordinal);

        _suite.WriteDirectory(Recipient("desk", "operator", "countries: [XAB]"));

        await Eventually.GetAsync(() => _suite.InboxAsync("desk"), all => all[0].State == State.Delivered, "the end delivered");
    }

    [Fact]
    public async Task Deliver_OverBeforeAnybodyWasTold_IsOneMessageToThoseOfItsRoute()
    {
        var late = Resolved();
        (late.Sequence, late.Late) = (1, true);
        await _suite.DeliverAsync(late);
        await _suite.DeliverAsync(late);

        var message = Assert.Single(await _suite.ListAsync());
        Assert.Contains("Received late, and over", message.Subject, StringComparison.Ordinal);
        Assert.Contains(late.Sentence, message.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_ResolvedBeforeFiring_IsToldOnceAndTheFiringIsPassedOver()
    {
        await _suite.DeliverAsync(Resolved());
        await _suite.DeliverAsync(Breach());

        var message = Assert.Single(await _suite.ListAsync());
        Assert.Contains("Resolved", message.Subject, StringComparison.Ordinal);
        Assert.Equal(2, await _suite.CountAsync("select count(*) from consumed"));
    }

    [Fact]
    public async Task Deliver_AfterARestart_RemembersWhatWasHandled()
    {
        await _suite.DeliverAsync(Breach());
        await _suite.RestartAsync();
        await _suite.DeliverAsync(Breach());
        await _suite.DeliverAsync(Breach(), id: "another-id");

        Assert.Single(await _suite.ListAsync());
    }

    [Fact]
    public async Task Deliver_ToInboxesAlone_KeepsNothingOfTheEventButItsWords()
    {
        await _suite.DeliverAsync(Breach());

        Assert.Equal(0, await _suite.CountAsync("select count(*) from notification_event where source is not null"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task Deliver_Unreadable_IsDropped(string data) =>
        Assert.Equal(EventResult.Drop, await _suite.DeliverAsync(Topics.ThresholdBreaches, "e1", data));

    [Fact]
    public async Task Deliver_FieldOfANewerPublisher_IsPassedOver()
    {
        var data = JsonFormatter.Default.Format(Breach())[..^1] + ", \"fromTheFuture\": 1}";

        Assert.Equal(EventResult.Success, await _suite.DeliverAsync(Topics.ThresholdBreaches, "e1", data));
    }
}
