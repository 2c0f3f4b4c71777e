using EarlyWarning.Contracts.Cases;
using EarlyWarning.Escalation.Desk;
using EarlyWarning.Escalation.Tests.Infrastructure;
using Grpc.Core;

namespace EarlyWarning.Escalation.Tests.Desk;

public sealed class CaseDeskGrainTests
{
    [Fact]
    public async Task RecordBreach_DeliveredAgain_OpensOneCaseAndPublishesItsStepOnce()
    {
        await using var cluster = await DeskCluster.StartAsync();
        for (var delivery = 0; delivery < 3; delivery++)
        {
            await cluster.Desk.RecordBreachAsync(Some.Breach("a"), "event-a");
        }

        var only = Assert.Single((await cluster.Desk.ListAsync(new(), 0, 10)).Items);
        await cluster.UntilAsync(() => cluster.DueTimes.Next(DeskWriter.Queue) == Some.Start.AddMinutes(10), "the first deadline in the index");
        var published = Assert.Single(cluster.Publisher.Events);
        Assert.Equal($"{only.Name["cases/".Length..]}-climb-1-step-1-{cluster.Journals.Identity.Epoch}", published.Id);
        Assert.Equal("earlywarning.v1.escalation.step-reached", published.Type);
        Assert.Equal(1, published.As<V1.Escalation>().Step);
        Assert.Equal("breaches/XAB-a", published.As<V1.Escalation>().Breach);
    }

    [Fact]
    public async Task RecordBreach_CaseWithMuchBehindIt_IsWholeWhereAskedForAlone()
    {
        await using var cluster = await DeskCluster.StartAsync();
        for (var n = 0; n < 150; n++)
        {
            await cluster.Desk.RecordBreachAsync(Some.Breach($"b{n}"), $"event-{n}");
        }

        // A more severe one begins the climb again.
        await cluster.Desk.RecordBreachAsync(Some.Breach("worse", V1.Severity.Emergency), "event-worse");
        await cluster.UntilAsync(() => cluster.Publisher.Events.Count == 2, "the second climb");

        var listed = Assert.Single((await cluster.Desk.ListAsync(new(), 0, 10)).Items);
        var whole = (await cluster.Desk.GetAsync(listed.Name))!;
        Assert.Equal((100, 151), (listed.Breaches.Count, whole.Breaches.Count));
        Assert.Equal((100, listed.EntryCount), (listed.Entries.Count, whole.Entries.Count));
        Assert.Equal(listed, cluster.Publisher.Events[1].As<V1.Escalation>().Case);
    }

    [Fact]
    public async Task Wake_WhenADeadlineIsDue_ReachesAndPublishesTheNextStep()
    {
        await using var cluster = await DeskCluster.StartAsync();
        await OpenAsync(cluster);
        cluster.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.False(await cluster.ReadDueTimesAsync());
        cluster.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await cluster.ReadDueTimesAsync());
        await cluster.UntilAsync(() => cluster.Publisher.Events.Count > 1, "the next step is published");
        Assert.Equal(["1", "2"], cluster.Publisher.Events.Select(e => e.Id.Split('-')[^2]));
        Assert.Equal(Some.Start.AddMinutes(20), cluster.DueTimes.Next(DeskWriter.Queue));
    }

    [Fact]
    public async Task Wake_AfterACrashBetweenAppendAndHandingOn_PublishesOnceUnderTheSameId()
    {
        await using var cluster = await DeskCluster.StartAsync();
        cluster.Publisher.IsDown = true;
        await cluster.Desk.RecordBreachAsync(Some.Breach("a"), "event-a");
        await cluster.ForgetAsync();
        Assert.Empty(cluster.Publisher.Events);
        cluster.Publisher.IsDown = false;
        await cluster.Desk.WakeAsync();
        await cluster.UntilAsync(() => cluster.DueTimes.Next(DeskWriter.Queue) == Some.Start.AddMinutes(10), "the first deadline in the index");
        await cluster.ForgetAsync();
        await cluster.Desk.WakeAsync();
        await cluster.UntilAsync(() => cluster.Publisher.Events.Count > 0, "the step is published");
        Assert.EndsWith($"-climb-1-step-1-{cluster.Journals.Identity.Epoch}", Assert.Single(cluster.Publisher.Events).Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_BrokerDown_HoldsNothingUpAndGoesOn()
    {
        await using var cluster = await DeskCluster.StartAsync();
        cluster.Publisher.IsDown = true;
        await cluster.Desk.RecordBreachAsync(Some.Breach("a"), "event-a");
        await cluster.UntilAsync(() => cluster.Publisher.Attempts > 1, "a second attempt");
        Assert.Single((await cluster.Desk.ListAsync(new(), 0, 10)).Items);
        Assert.Contains("The broker is down.", (await cluster.Journals.Outbox.StatusAsync(default)).Fault, StringComparison.Ordinal);
        cluster.Publisher.IsDown = false;
        await cluster.UntilAsync(() => cluster.Publisher.Events.Count == 1, "the step is published");
    }

    [Fact]
    public async Task RecordBreach_DeliveredAgain_IsConfirmedOnce()
    {
        await using var cluster = await DeskCluster.StartAsync();
        await cluster.Desk.RecordBreachAsync(Some.Breach("a"), "event-a");
        await cluster.Desk.RecordBreachAsync(Some.Breach("a"), "event-a");
        Assert.Equal(["escalation"], await cluster.Journals.ReadAsync(
            new("select consumer from consumed where event = $1", "event-a"), row => row.GetString(0), default));
    }

    [Fact]
    public async Task Acknowledge_AppendThatIsNotConfirmed_IsUnavailableAndFoundAfterwards()
    {
        await using var cluster = await DeskCluster.StartAsync();
        var name = await OpenAsync(cluster);
        cluster.Journals.LoseNextAnswer = true;
        var answer = await cluster.Desk.AcknowledgeAsync(Request(name), Some.Actor);
        Assert.Equal(StatusCode.Unavailable, answer.Fault?.Code);
        await cluster.ForgetAsync();
        var again = await cluster.Desk.AcknowledgeAsync(Request(name), Some.Actor);
        Assert.Null(again.Fault);
        Assert.Single(again.Case!.Entries, entry => entry.Kind == V1.CaseEntry.Types.Kind.Acknowledged);
    }

    [Fact]
    public async Task Acknowledge_ByAKnownRecipient_RecordsTheActorAndWhetherItIsVerified()
    {
        await using var cluster = await DeskCluster.StartAsync();
        var name = await OpenAsync(cluster);
        var checkedOnly = await cluster.Desk.AcknowledgeAsync(new(Request(name)) { ValidateOnly = true }, Some.Actor);
        Assert.Equal(V1.Case.Types.State.AwaitingDecision, checkedOnly.Case!.State);
        Assert.Equal(V1.Case.Types.State.AwaitingAcknowledgement, (await cluster.Desk.GetAsync(name))!.State);
        var answer = await cluster.Desk.AcknowledgeAsync(Request(name), new CaseActor("A. Person", true));
        var entry = answer.Case!.Entries[^1];
        Assert.Equal(("A. Person", true), (entry.Actor, entry.ActorVerified));
        Assert.Equal("The focal", answer.Case.Steps[0].AcknowledgedBy);
    }

    [Fact]
    public async Task Acts_UnknownCaseOrRecipient_AreNotFound()
    {
        await using var cluster = await DeskCluster.StartAsync();
        var name = await OpenAsync(cluster);
        Assert.Equal("name", (await cluster.Desk.AcknowledgeAsync(Request("cases/none"), Some.Actor)).Fault?.Field);
        Assert.Equal("recipient", (await cluster.Desk.AcknowledgeAsync(new() { Name = name, Recipient = "recipients/none" }, Some.Actor)).Fault?.Field);
    }

    [Fact]
    public async Task Changes_FromAnyPosition_ComeOnceInOrderAlsoAfterARestart()
    {
        await using var cluster = await DeskCluster.StartAsync();
        var name = await OpenAsync(cluster);
        var from = (await cluster.Desk.ListAsync(new(), 0, 1)).Position;
        var waiting = cluster.Desk.ChangesAfterAsync(from, 10);
        await cluster.Desk.AcknowledgeAsync(Request(name), Some.Actor);
        Assert.Equal(V1.Case.Types.State.AwaitingDecision, Assert.Single((await waiting).Items).Item.State);
        await cluster.Desk.RecordBreachAsync(Some.Breach("b"), "event-b");
        await cluster.Desk.RecordBreachAsync(Some.Ended(Some.Breach("b")), "event-c");
        await cluster.ForgetAsync();
        var seen = new List<long>();
        var position = 0L;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (seen.Count < 4)
        {
            Assert.False(patience.IsCancellationRequested, $"Within 60 s only these changes: {string.Join(", ", seen)}.");
            var page = await cluster.Desk.ChangesAfterAsync(position, 1);
            seen.AddRange(page.Items.Select(change => change.Item.Sequence));
            position = page.Position;
        }

        Assert.Equal([1, 2, 3, 4], seen);
    }

    [Fact]
    public async Task Changes_OlderThanRetentionOrNotYetThere_AreExpired()
    {
        await using var cluster = await DeskCluster.StartAsync(watchRetention: 2);
        await OpenAsync(cluster);
        await cluster.Desk.RecordBreachAsync(Some.Breach("b"), "event-b");
        await cluster.Desk.RecordBreachAsync(Some.Breach("c"), "event-c");
        Assert.True((await cluster.Desk.ChangesAfterAsync(1, 10)).Expired);
        Assert.True((await cluster.Desk.ChangesAfterAsync(1_000, 10)).Expired);
        Assert.False((await cluster.Desk.ChangesAfterAsync(2, 10)).Expired);
    }

    private static V1.AcknowledgeCaseRequest Request(string name) => new() { Name = name, Recipient = Some.FocalPoint.Name };

    /// <summary>Opens a case and waits until its first step is published and marked, so that later entries are the test's own.</summary>
    private static async Task<string> OpenAsync(DeskCluster cluster)
    {
        await cluster.Desk.RecordBreachAsync(Some.Breach("a"), "event-a");
        await cluster.UntilAsync(() => cluster.DueTimes.Next(DeskWriter.Queue) == Some.Start.AddMinutes(10), "the first deadline in the index");
        return (await cluster.Desk.ListAsync(new(), 0, 1)).Items[0].Name;
    }
}
