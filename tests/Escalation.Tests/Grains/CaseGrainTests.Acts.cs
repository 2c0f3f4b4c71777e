using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Escalation.Tests.Infrastructure;
using EarlyWarning.Store.Auditing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Requests;
using Grpc.Core;
using static EarlyWarning.V1.CaseEntry.Types;
using State = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Escalation.Tests.Grains;

/// <content>What people do.</content>
public sealed partial class CaseGrainTests
{
    [Fact]
    public async Task Acknowledge_CommitThatIsNotConfirmed_IsUnavailableAndRecognisedWhenSentAgain()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var request = await RequestAsync(cluster);
        cluster.Store.LoseNextCommit = true;
        Assert.Equal(StatusCode.Unavailable, (await cluster.Writer().AcknowledgeAsync(request, Some.Actor)).Fault?.Code);
        var again = await cluster.Writer().AcknowledgeAsync(request, Some.Actor);
        Assert.Null(again.Fault);
        Assert.Single(again.Case!.Entries, entry => entry.Kind == Kind.Acknowledged);
    }

    [Fact]
    public async Task Decide_UnderAMark_KeepsItsAnswerWithItAndIsNotRecordedTwice()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var answer = await RequestAsync(cluster);
        await cluster.Writer().AcknowledgeAsync(answer, Some.Actor);
        var decision = new V1.DecideCaseRequest
        {
            Name = answer.Name,
            Recipient = answer.Recipient,
            Decision = V1.Decision.PreventiveAction,
            Rationale = "Because.",
        };
        const string Entry = """{"id":"1","time":"2026-03-01T00:00:00Z","caller":"ada","method":"m","code":"OK"}""";
        const string Mark = $"caller\nact-1\n/method\ncontent\n{Entry}";
        var decided = await cluster.Writer().DecideAsync(decision, Some.Actor, Mark);
        await cluster.ForgetAsync();

        await Assert.ThrowsAsync<StoreConflictException>(() => cluster.Writer().DecideAsync(decision, Some.Actor, Mark));

        Assert.Single((await cluster.OpenAsync()).Entries, entry => entry.Kind == Kind.Decided);
        var kept = await new RequestTable(cluster.Store, TimeProvider.System).FindAsync("caller", "act-1", default);
        Assert.Equal(decided.Case, V1.DecideCaseResponse.Parser.ParseFrom(kept!.Answer).Case);
        Assert.Equal(Entry, Assert.Single(await new AuditChain(cluster.Store).ListAsync(new(), long.MaxValue, 10, default)).Text);
    }

    [Fact]
    public async Task Acknowledge_ByAKnownRecipient_RecordsTheActorAndWhetherItIsVerified()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var request = await RequestAsync(cluster);
        var checkedOnly = await cluster.Writer().AcknowledgeAsync(new(request) { ValidateOnly = true }, Some.Actor);
        Assert.Equal(State.AwaitingDecision, checkedOnly.Case!.State);
        Assert.Equal(State.AwaitingAcknowledgement, (await cluster.OpenAsync()).State);
        var answer = await cluster.Writer().AcknowledgeAsync(request, new CaseActor("A. Person", true, V1.AccessRole.Operator));
        var entry = answer.Case!.Entries[^1];
        Assert.Equal(("A. Person", true, V1.AccessRole.Operator), (entry.Actor, entry.ActorVerified, entry.ActorRole));
        Assert.Equal("The focal", answer.Case.Climbs[0].Steps[0].AcknowledgedBy);
    }

    [Fact]
    public async Task Acts_UnknownCaseOrRecipient_AreNotFound()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var request = await RequestAsync(cluster);
        Assert.Equal("name", (await cluster.Writer().AcknowledgeAsync(new(request) { Name = "cases/none" }, Some.Actor)).Fault?.Field);
        Assert.Equal(
            "recipient",
            (await cluster.Writer().AcknowledgeAsync(new(request) { Recipient = "recipients/none" }, Some.Actor)).Fault?.Field
        );
    }

    [Fact]
    public async Task Withdraw_AfterTheStepsTime_IsDueAtOnceAndTellsThoseWhoWereAsked()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var answer = await RequestAsync(cluster);
        await cluster.Writer().AcknowledgeAsync(answer, Some.Actor);
        cluster.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.False(await cluster.ReadDueTimesAsync());

        var withdrawn = await cluster.Writer().WithdrawAsync(new() { Name = answer.Name, Recipient = answer.Recipient }, Some.Actor);
        var again = await cluster.Writer().WithdrawAsync(new() { Name = answer.Name, Recipient = answer.Recipient }, Some.Actor);

        Assert.Equal(Kind.AcknowledgementWithdrawn, withdrawn.Case!.Entries[^1].Kind);
        Assert.Equal(V1.ErrorReason.NotAcknowledged, again.Fault?.Reason);
        Assert.True(await cluster.ReadDueTimesAsync());
        Assert.Equal(2, (await cluster.OpenAsync()).Climbs[0].CurrentStep);
        await cluster.UntilAsync(() => cluster.Publisher.Events.Any(one => one.Type == CaseRows.ActWithdrawn), "the step is told");
    }

    [Fact]
    public async Task Reopen_AClosedCase_IsListedAsOpenAndDueAgain()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var request = await StandDownAsync(cluster);

        var reopened = await cluster.Writer().ReopenAsync(request, Some.Actor);

        Assert.Null(reopened.Fault);
        Assert.Equal(request.Name, (await cluster.OpenAsync()).Name);
        Assert.Equal(reopened.Case!.DueTime.ToDateTimeOffset(), cluster.Store.Of(CaseRows.Queue, Some.Country));
    }

    [Fact]
    public async Task Reopen_AnotherCaseIsOpen_IsRefusedAndNamesIt()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var request = await StandDownAsync(cluster);
        await cluster.BreachAsync(Some.Breach("b"));

        var fault = (await cluster.Writer().ReopenAsync(request, Some.Actor)).Fault;

        Assert.Equal((V1.ErrorReason.OtherCaseOpen, (await cluster.OpenAsync()).Name), (fault!.Reason, fault.Resource));
    }

    private static async Task<V1.ReopenCaseRequest> StandDownAsync(CaseCluster cluster)
    {
        var name = (await cluster.OpenAsync()).Name;
        V1.StandDownCaseRequest ends = new()
        {
            Name = name,
            Recipient = Some.Operator.Name,
            Reason = "Over.",
            AlthoughFiring = true,
        };
        Assert.Null((await cluster.Writer().StandDownAsync(ends, Some.Actor)).Fault);
        return new()
        {
            Name = name,
            Recipient = Some.Operator.Name,
            Reason = "It was another country's.",
        };
    }

    private static async Task<V1.AcknowledgeCaseRequest> RequestAsync(CaseCluster cluster) =>
        new() { Name = (await cluster.OpenAsync()).Name, Recipient = Some.FocalPoint.Name };
}
