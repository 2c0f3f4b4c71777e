using EarlyWarning.Escalation.Tests.Infrastructure;
using static EarlyWarning.V1.Case.Types;

namespace EarlyWarning.Escalation.Tests.Cases;

/// <summary>How a case climbs, told as timelines. A warning waits 10 minutes at each step; an acknowledgement holds for 30.</summary>
public sealed partial class LadderStoryTests
{
    [Fact]
    public void Climb_NobodyAnswers_ReachesEachStepInItsTimeAndIsExhausted()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Expect(step: 1, at: 0)
            .Expect(step: 2, at: 10)
            .Expect(step: 3, at: 20)
            .Expect(step: 4, at: 30)
            .Expect(step: 5, at: 40)
            .Run(until: 200);
        Assert.Equal(State.Exhausted, story.Case.State);
        Assert.Null(story.Case.DueTime);
        Assert.Null(story.Case.CloseTime);
    }

    [Fact]
    public void Acknowledge_RegionalStep_HoldsOnlyUntilTheDecisionDeadline() =>
        new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 25, Some.Regional)
            .Expect(step: 1, at: 0)
            .Expect(step: 2, at: 10)
            .Expect(step: 3, at: 20)
            .Expect(step: 4, at: 55)
            .Run(until: 60);

    [Fact]
    public void Acknowledge_ByTheStateItself_DoesNotHoldTheRegionalStep()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 5, Some.FocalPoint)
            .Expect(step: 1, at: 0)
            .Expect(step: 2, at: 20)
            .Expect(step: 3, at: 20)
            .Expect(step: 4, at: 30)
            .Run(until: 35);
        Assert.Equal(State.AwaitingAcknowledgement, story.Case.State);
    }

    [Fact]
    public void Acknowledge_ByTheStateAfterTheRegionalStep_DoesNotHoldTheClimb() =>
        new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 25, Some.Authority)
            .Expect(step: 1, at: 0)
            .Expect(step: 2, at: 10)
            .Expect(step: 3, at: 20)
            .Expect(step: 4, at: 30)
            .Run(until: 39);

    [Fact]
    public void Acknowledge_SecondAnswerOfOneStep_DoesNotExtendTheHold() =>
        new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 21, Some.Regional)
            .Acknowledges(at: 50, Some.Regional)
            .Expect(step: 1, at: 0)
            .Expect(step: 2, at: 10)
            .Expect(step: 3, at: 20)
            .Expect(step: 4, at: 51)
            .Run(until: 60);

    [Fact]
    public void Acknowledge_LateAnswerOfALowerStep_NeverShortensWhatIsLeft() =>
        new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 31, Some.UnOffice)
            .Acknowledges(at: 32, Some.Regional)
            .Expect(step: 1, at: 0)
            .Expect(step: 2, at: 10)
            .Expect(step: 3, at: 20)
            .Expect(step: 4, at: 30)
            .Expect(step: 5, at: 62)
            .Run(until: 65);

    [Fact]
    public void Acknowledge_ExhaustedCase_HoldsAgainThenIsExhaustedAgain()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 100, Some.DecisionMaker)
            .Expect(1, 0)
            .Expect(2, 10)
            .Expect(3, 20)
            .Expect(4, 30)
            .Expect(5, 40)
            .Run(until: 129);
        Assert.Equal(State.AwaitingDecision, story.Case.State);
    }

    [Fact]
    public void Decide_AfterAnAcknowledgement_EndsTheClimbAndLeavesTheCaseOpen()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 25, Some.Regional)
            .Decides(at: 26, Some.Regional, V1.Decision.PreventiveAction)
            .Expect(1, 0)
            .Expect(2, 10)
            .Expect(3, 20)
            .Run(until: 500);
        Assert.Equal(State.Decided, story.Case.State);
        Assert.Null(story.Case.CloseTime);
    }

    [Fact]
    public void Decide_ConsultFurther_ResumesTheClimbOnItsDate() =>
        new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 25, Some.Regional)
            .Decides(at: 26, Some.Regional, V1.Decision.ConsultFurther, seizedUntil: 120)
            .Expect(1, 0)
            .Expect(2, 10)
            .Expect(3, 20)
            .Expect(step: 4, at: 120)
            .Run(until: 125);

    [Fact]
    public void Decide_ConsultFurtherByTheStateItself_DoesNotHoldTheRegionalStep() =>
        new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 2, Some.FocalPoint)
            .Decides(at: 3, Some.FocalPoint, V1.Decision.ConsultFurther, seizedUntil: 10_000)
            .Expect(1, 0)
            .Expect(3, 20)
            .Expect(4, 30)
            .Run(until: 35);

    [Fact]
    public void Decide_RemainSeized_AsksTheSameStepAgainOnItsDate() =>
        new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 25, Some.Regional)
            .Decides(at: 26, Some.Regional, V1.Decision.RemainSeized, seizedUntil: 300)
            .Expect(1, 0)
            .Expect(2, 10)
            .Expect(3, 20)
            .Expect(step: 3, at: 300)
            .Expect(step: 4, at: 310)
            .Run(until: 315);

    [Fact]
    public void Join_MoreSevereBreach_BeginsTheClimbAgainWithItsDeadlines()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 25, Some.Regional)
            .Decides(at: 26, Some.Regional, V1.Decision.PreventiveAction)
            .Breach(at: 40, Some.Breach("b", V1.Severity.Emergency, fired: Some.Start.AddMinutes(40)))
            .Expect(1, 0)
            .Expect(2, 10)
            .Expect(3, 20)
            .Expect(step: 1, at: 40)
            .Expect(step: 2, at: 45)
            .Expect(step: 3, at: 50)
            .Run(until: 54);
        Assert.Single(story.Cases);
        Assert.Equal(V1.Severity.Emergency, story.Case.Severity);
        Assert.Equal(["breaches/XAB-b", "breaches/XAB-a"], story.Case.Breaches);
    }

    [Fact]
    public void Join_EqualBreachWhileTheDecidedCaseFires_IsCoveredByTheDecision() =>
        new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 5, Some.FocalPoint)
            .Decides(at: 6, Some.DecisionMaker, V1.Decision.PreventiveAction)
            .Breach(at: 60, Some.Breach("b"))
            .Expect(1, 0)
            .Run(until: 100);

    [Fact]
    public void Join_BreachAfterADecidedCaseHadEnded_BeginsTheClimbAgain() =>
        new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 5, Some.FocalPoint)
            .Decides(at: 6, Some.DecisionMaker, V1.Decision.PreventiveAction)
            .Breach(at: 50, Some.Ended(Some.Breach("a")))
            .Breach(at: 60, Some.Breach("b"))
            .Expect(1, 0)
            .Expect(step: 1, at: 60)
            .Run(until: 65);

    [Fact]
    public void Climb_BreachOverBeforeAnybodyWasTold_OpensACaseThatSomebodyHasToAnswer()
    {
        var late = Some.Ended(Some.Breach("a"));
        (late.Sequence, late.Late) = (1, true);
        var story = new Timeline().Breach(at: 0, late).Expect(1, 0).Expect(2, 10).Run(until: 15);
        Assert.False(story.Case.Firing);
        Assert.Equal(State.AwaitingAcknowledgement, story.Case.State);
    }

    [Fact]
    public void Climb_AfterAnOutage_FiresLateInOrderAndOnce() =>
        new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Outage(from: 1, to: 95)
            .Expect(1, 0)
            .Expect(step: 2, at: 95)
            .Expect(step: 3, at: 95)
            .Expect(step: 4, at: 105)
            .Run(until: 110);
}
