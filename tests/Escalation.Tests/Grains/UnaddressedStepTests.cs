using System.Text;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Escalation.Tests.Infrastructure;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.CaseEntry.Types;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Escalation.Tests.Grains;

/// <summary>Steps that the notifications found nobody for: of which climb, and for how long that is owed.</summary>
public sealed class UnaddressedStepTests : IAsyncLifetime
{
    private const string Camps = "composite/camps";
    private CaseCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await CaseCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task RecordNotification_UnaddressedStepOfOneClimb_LeavesTheSameStepOfTheOtherAsItWas()
    {
        await TwoClimbsAsync();

        await NobodyAsync("n1", climb: 2);
        await NobodyAsync("n2", climb: 7);

        var now = await _cluster.OpenAsync();
        var (answered, other) = (now.Climbs.Single(climb => climb.Number == 1), now.Climbs.Single(climb => climb.Number == 2));
        Assert.Equal((1, 2), (answered.CurrentStep, other.CurrentStep));
        Assert.Equal((0, 1), (answered.Steps[0].NotTold, other.Steps[0].NotTold));
        Assert.Equal([2], now.Entries.Where(entry => entry.Kind == Kind.StepUnaddressed).Select(entry => entry.Climb));
        await SettledAsync(7);
    }

    [Fact]
    public async Task StandDown_OfAClimbThatNobodyCouldBeToldOf_SaysThatOfThisOneNothingIsOwedAnyMore()
    {
        await TwoClimbsAsync();
        await NobodyAsync("n1", climb: 2);
        await SettledAsync();

        await StandDownAsync("composite/index");
        await SettledAsync();

        await StandDownAsync(Camps);
        await SettledAsync(2);
    }

    [Fact]
    public async Task Acknowledge_ClimbWithAStepThatNobodyCouldBeToldOf_SaysThatNothingIsOwedAnyMore()
    {
        await _cluster.BreachAsync(Some.Breach("a"));
        await NobodyAsync("n1", climb: 1);

        await _cluster
            .Writer()
            .AcknowledgeAsync(new() { Name = (await _cluster.OpenAsync()).Name, Recipient = Some.Authority.Name }, Some.Actor);

        await SettledAsync(1);
    }

    [Fact]
    public async Task Acknowledge_FurtherCauseThatNobodyCouldBeToldOf_IsOwedUntilThereIsADecision()
    {
        await _cluster.BreachAsync(Some.Breach("a"));
        var name = (await _cluster.OpenAsync()).Name;
        await _cluster.Writer().AcknowledgeAsync(new() { Name = name, Recipient = Some.FocalPoint.Name }, Some.Actor);
        await NobodyAsync("n1", climb: 1, asks: false);
        await SettledAsync();

        await _cluster
            .Writer()
            .DecideAsync(
                new()
                {
                    Name = name,
                    Recipient = Some.DecisionMaker.Name,
                    Decision = V1.Decision.PreventiveAction,
                    Rationale = "Because.",
                },
                Some.Actor
            );

        await SettledAsync(1);
    }

    [Fact]
    public async Task RecordNotification_UnaddressedStepOfACaseThatIsClosed_IsNotOwed()
    {
        await _cluster.BreachAsync(Some.Breach("a"));
        var name = (await _cluster.OpenAsync()).Name;
        await StandDownAsync("composite/index");

        await NobodyAsync("n1", climb: 1, of: name);
        await NobodyAsync("n1", climb: 1, of: name);

        await SettledAsync(1);
    }

    /// <summary>One that was answered, and one of a further cause that nobody has answered.</summary>
    private async Task TwoClimbsAsync()
    {
        await _cluster.BreachAsync(Some.Breach("a"));
        await _cluster
            .Writer()
            .AcknowledgeAsync(new() { Name = (await _cluster.OpenAsync()).Name, Recipient = Some.FocalPoint.Name }, Some.Actor);
        await _cluster.BreachAsync(Some.Breach("b", V1.Severity.Emergency, cause: Camps));
    }

    private async Task NobodyAsync(string id, int climb, bool asks = true, string? of = null)
    {
        var one = Some.Notification(id, Some.Breach("a"), State.Unaddressed);
        (one.Case, one.Climb, one.Step, one.Recipient) = (of ?? (await _cluster.OpenAsync()).Name, climb, 1, "");
        one.AnswerDueTime = asks ? Some.Start.AddMinutes(10).ToTimestamp() : null;
        await _cluster.Writer().RecordNotificationAsync(one, id);
    }

    private async Task StandDownAsync(string cause)
    {
        var act = await _cluster
            .Writer()
            .StandDownAsync(
                new()
                {
                    Name = (await _cluster.OpenAsync()).Name,
                    Recipient = Some.Operator.Name,
                    Reason = "Over.",
                    AlthoughFiring = true,
                    Causes = { cause },
                },
                Some.Actor
            );
        Assert.Null(act.Fault);
    }

    /// <summary>Of these climbs and no others was said that nothing is owed, in this order.</summary>
    private async Task SettledAsync(params int[] climbs)
    {
        var published = await _cluster.Store.ReadAsync(
            new("select data from outbox where topic = 'escalations' and type = $1 order by seq", CaseRows.ClimbSettled),
            row => JsonParser.Default.Parse<V1.Escalation>(Encoding.UTF8.GetString((byte[])row.GetValue(0))),
            default
        );
        Assert.Equal(climbs, published.Select(one => one.Climb));
        Assert.All(published, one => Assert.Equal((true, 0, null), (one.Settled, one.Step, one.Asked)));
    }
}
