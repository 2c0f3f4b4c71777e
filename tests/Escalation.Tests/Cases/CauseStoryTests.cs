using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Tests.Infrastructure;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Tests.Cases;

/// <summary>Several causes in one case, told as timelines. An emergency waits 5 minutes at a step, a warning 10, an advisory 20.</summary>
public sealed partial class CauseStoryTests
{
    private const string Index = "composite/index";
    private const string Camps = "composite/camps";
    private const string Speech = "composite/speech";

    [Fact]
    public void Cause_OfSeveralBreaches_SaysInWhichRevisionTheOneItTellsOfWasDecided()
    {
        var (older, newer) = (Some.Breach("a"), Some.Breach("b", fired: Some.Start.AddMinutes(1)));
        (older.Position, newer.Position) = (7, 9);

        var cause = new Timeline().Breach(at: 2, newer).Breach(at: 3, older).Expect(1, 2).Run(until: 4).Case.Causes[0];

        Assert.Equal((newer.Name, newer.Sentence, 9), (cause.Breach, cause.Sentence, cause.Revision));
    }

    [Fact]
    public void Cause_BeforeAnyAnswer_IsAskedAboutTogetherAndTheStepIsTold()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 12, Some.Breach("b", cause: Camps))
            .Expect(1, 0)
            .Expect(2, 10)
            .Expect(3, 20)
            .Run(until: 25);
        var climb = Assert.Single(story.Case.Climbs);
        Assert.Equal([Index, Camps], climb.Causes);
        Assert.Equal(new StepNotice(1, 2, "breaches/XAB-b", Camps), story.News[2]);
    }

    [Fact]
    public void Cause_MoreSevereBeforeAnyAnswer_BeginsTheClimbAgainByTheLadderOfTheMostSevere()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 12, Some.Breach("b", V1.Severity.Emergency, cause: Camps))
            .Expect(1, 0)
            .Expect(2, 10)
            .Expect(step: 1, at: 12)
            .Expect(step: 2, at: 17)
            .Run(until: 20);
        var climb = Assert.Single(story.Case.Climbs);
        Assert.Equal(V1.Severity.Emergency, climb.Severity);
        Assert.Equal([Camps, Index], climb.Causes.Order());
        Assert.Equal(Camps, story.Case.Causes[0].Id);
    }

    [Theory]
    [InlineData(V1.Severity.Warning)]
    [InlineData(V1.Severity.Emergency)]
    public void Cause_AsSevereAfterAnAnswer_ClimbsForItselfAndTheAnswerStands(V1.Severity severity)
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 25, Some.Regional)
            .Breach(at: 30, Some.Breach("b", severity, cause: Camps))
            .Expect(1, 0)
            .Expect(2, 10)
            .Expect(3, 20)
            .Expect(step: 1, at: 30)
            .Run(until: 34);
        Assert.Equal(2, story.Case.Climbs.Count);
        Assert.Equal(State.AwaitingDecision, Of(story, Index).State);
        Assert.Equal(State.AwaitingAcknowledgement, Of(story, Camps).State);
        Assert.Equal(State.AwaitingAcknowledgement, story.Case.State);
    }

    [Fact]
    public void Cause_LessSevereAfterAnAnswer_IsNotedAndToldToTheStepThatAnswered()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a", V1.Severity.Emergency))
            .Acknowledges(at: 12, Some.Regional)
            .Breach(at: 20, Some.Breach("b", V1.Severity.Advisory, cause: Camps))
            .Expect(1, 0)
            .Expect(2, 5)
            .Expect(3, 10)
            .Run(until: 30);
        Assert.Equal(State.Noted, Of(story, Camps).State);
        Assert.Equal(new StepNotice(1, 3, "breaches/XAB-b", Camps), story.News[^1]);
        Assert.Contains(story.Case.Entries, entry =>
            entry.Kind == Kind.CauseJoined && entry.Text.Contains("is noted", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void NotedCause_TheMoreSevereIsDecided_ClimbsForItself()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a", V1.Severity.Emergency))
            .Acknowledges(at: 12, Some.Regional)
            .Breach(at: 20, Some.Breach("b", V1.Severity.Advisory, cause: Camps))
            .Decides(at: 25, Some.Regional, V1.Decision.PreventiveAction, causes: Index)
            .Expect(1, 0)
            .Expect(2, 5)
            .Expect(3, 10)
            .Expect(step: 1, at: 25)
            .Expect(step: 2, at: 45)
            .Run(until: 50);
        Assert.Equal(State.Decided, Of(story, Index).State);
        Assert.Equal(State.AwaitingAcknowledgement, Of(story, Camps).State);
    }

    [Fact]
    public void NotedCause_TheDeadlineForADecisionPasses_IsAskedAboutWithTheNextStep()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a", V1.Severity.Emergency))
            .Acknowledges(at: 12, Some.Regional)
            .Breach(at: 20, Some.Breach("b", V1.Severity.Advisory, cause: Camps))
            .Expect(1, 0)
            .Expect(2, 5)
            .Expect(3, 10)
            .Expect(step: 4, at: 42)
            .Run(until: 45);
        Assert.Equal([Index, Camps], Assert.Single(story.Case.Climbs).Causes);
    }

    [Fact]
    public void NotedCause_NamedInTheDecision_IsCoveredByIt()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a", V1.Severity.Emergency))
            .Acknowledges(at: 12, Some.Regional)
            .Breach(at: 20, Some.Breach("b", V1.Severity.Advisory, cause: Camps))
            .Decides(at: 25, Some.Regional, V1.Decision.PreventiveAction, causes: [Index, Camps])
            .Expect(1, 0)
            .Expect(2, 5)
            .Expect(3, 10)
            .Run(until: 500);
        Assert.Equal(State.Decided, story.Case.State);
        Assert.All(story.Case.Causes, cause => Assert.Equal(State.Decided, cause.State));
    }

    [Fact]
    public void Acknowledge_OneOfTwoCauses_LeavesTheOtherWaiting()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 1, Some.Breach("b", cause: Camps))
            .Acknowledges(at: 25, Some.Regional, Camps)
            .Expect(1, 0)
            .Expect(2, 10)
            .Expect(3, 20)
            .Expect(step: 4, at: 30)
            .Run(until: 35);
        Assert.Equal(State.AwaitingDecision, Of(story, Camps).State);
        Assert.Equal(State.AwaitingAcknowledgement, Of(story, Index).State);
        Assert.Equal([Camps], story.Case.Entries.Single(entry => entry.Kind == Kind.Acknowledged).Causes);
    }

    [Fact]
    public void StandDown_EachCauseInTurn_EndsTheCaseWithTheLast()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 1, Some.Breach("b", cause: Camps))
            .StandsDown(at: 5, Some.Operator, althoughFiring: true, Camps)
            .Expect(1, 0)
            .Run(until: 6);
        Assert.Null(story.Case.CloseTime);
        Assert.Equal(Index, Assert.Single(story.Case.Climbs).Causes.Single());

        story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 1, Some.Breach("b", cause: Camps))
            .StandsDown(at: 5, Some.Operator, althoughFiring: true, Camps)
            .StandsDown(at: 6, Some.Operator, althoughFiring: true, Index)
            .Expect(1, 0)
            .Run(until: 50);
        Assert.Equal(State.StoodDown, story.Case.State);
        Assert.Empty(story.Case.Climbs);
    }

    [Fact]
    public void Cause_StoodDownThenThereAgainWhileTheCaseIsOpen_IsAskedAboutAnew()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 1, Some.Breach("b", cause: Camps))
            .StandsDown(at: 5, Some.Operator, althoughFiring: true, Camps)
            .Breach(at: 6, Some.Breach("c", cause: Camps))
            .Expect(1, 0)
            .Run(until: 8);
        Assert.Equal(State.AwaitingAcknowledgement, Of(story, Camps).State);
        Assert.Single(story.Cases);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cause_OpenAgain_EndOfABreachFromBeforeLeavesItFiringAndOpen(bool retired)
    {
        var old = Some.Breach("b", cause: Camps);
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 1, old)
            .StandsDown(at: 5, Some.Operator, althoughFiring: true, Camps)
            .Breach(at: 6, Some.Breach("c", cause: Camps))
            .Breach(at: 7, retired ? Some.Retired(old) : Some.Ended(old))
            .Expect(1, 0)
            .Run(until: 8);
        Assert.True(Of(story, Camps).Firing);
        Assert.Null(Of(story, Camps).CloseTime);
        Assert.Equal((2, 3), (Of(story, Camps).BreachCount, story.Case.BreachCount));
    }

    [Fact]
    public void Acts_OnSeveralCauses_HaveToNameThem()
    {
        var now = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 0, Some.Breach("b", cause: Camps))
            .Expect(1, 0)
            .Run(until: 1)
            .Case;
        var fault = CaseRules.Acknowledge(now, Some.FocalPoint, [], "");
        Assert.Equal((V1.ErrorReason.FieldMissing, "causes"), (fault?.Reason, fault?.Field));
        Assert.Contains(Camps, fault?.Message, StringComparison.Ordinal);
        Assert.Equal(V1.ErrorReason.InvalidField, CaseRules.Acknowledge(now, Some.FocalPoint, [Speech], "")?.Reason);
        Assert.Null(CaseRules.Acknowledge(now, Some.FocalPoint, [Camps], ""));
    }

    private static V1.Cause Of(Timeline story, string cause) => story.Case.Causes.Single(one => one.Id == cause);
}
