using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Tests.Infrastructure;
using static EarlyWarning.V1.CaseEntry.Types;
using State = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Escalation.Tests.Cases;

/// <summary>An acknowledgement that was given by mistake. A warning waits 10 minutes at each step, an answer holds for 30.</summary>
public sealed class WithdrawalStoryTests
{
    private static readonly V1.Recipient s_second = new(Some.UnOffice) { Name = "recipients/second", DisplayName = "The second" };

    [Fact]
    public void Withdraw_WhileTheStepHasTime_TheNextStepIsAskedAtItsEnd()
    {
        var story = Breached().Acknowledges(at: 3, Some.FocalPoint).Withdraws(at: 6, Some.FocalPoint).Expect(1, 0).Expect(2, 10).Run(11);

        var step = story.Case.Climbs[0].Steps[0];
        Assert.Equal((null, "", null), (step.AcknowledgeTime, step.AcknowledgedBy, step.DecideDueTime));
        var answer = Assert.Single(step.Acknowledgements);
        Assert.Equal(
            (Some.FocalPoint.Name, Some.Start.AddMinutes(3), Some.Start.AddMinutes(6)),
            (answer.Recipient, answer.Time.ToDateTimeOffset(), answer.WithdrawTime.ToDateTimeOffset())
        );
    }

    [Fact]
    public void Withdraw_AfterTheStepsTime_TheNextStepIsAskedAtOnce() =>
        AskedTo(4).Acknowledges(at: 35, Some.UnOffice).Withdraws(at: 50, Some.UnOffice).Expect(step: 5, at: 50).Run(55);

    [Fact]
    public void Withdraw_OfTheStateAfterItsStepsTime_TheRegionalStepKeepsItsOwnTime() =>
        Breached()
            .Acknowledges(at: 3, Some.FocalPoint)
            .Withdraws(at: 15, Some.FocalPoint)
            .Expect(1, 0)
            .Expect(step: 2, at: 15)
            .Expect(step: 3, at: 20)
            .Run(21);

    [Fact]
    public void Withdraw_AnotherAnswerOfTheStepStands_HoldsItForItsOwnTime()
    {
        var story = AskedTo(4)
            .Acknowledges(at: 35, Some.UnOffice)
            .Acknowledges(at: 39, s_second)
            .Withdraws(at: 50, Some.UnOffice)
            .Expect(step: 5, at: 69)
            .Run(70);

        Assert.Equal("The second", story.Case.Climbs[0].Steps[3].AcknowledgedBy);
        Assert.DoesNotContain(story.News, news => news.Withdrawn.Length > 0);
    }

    [Fact]
    public void Withdraw_AnAnswerWhoseTimeForADecisionIsOver_LeavesTheClimbWhereItIs()
    {
        var story = AskedTo(4).Acknowledges(at: 35, Some.UnOffice).Withdraws(at: 68, Some.UnOffice).Expect(step: 5, at: 65).Run(70);

        Assert.Equal((State.AwaitingAcknowledgement, 5), (story.Case.State, story.Case.Climbs[0].CurrentStep));
        Assert.Equal(Some.Start.AddMinutes(75), story.Case.DueTime.ToDateTimeOffset());
    }

    [Fact]
    public void Withdraw_ThenAcknowledged_HoldsAnewAndIsOnRecordThrice()
    {
        var story = Breached()
            .Acknowledges(at: 3, Some.FocalPoint)
            .Withdraws(at: 4, Some.FocalPoint)
            .Acknowledges(at: 8, Some.FocalPoint)
            .Expect(1, 0)
            .Run(15);

        Assert.Equal(State.AwaitingDecision, story.Case.State);
        Assert.Equal(Some.Start.AddMinutes(8), story.Case.Climbs[0].Steps[0].AcknowledgeTime.ToDateTimeOffset());
        Assert.Equal(
            [Kind.Acknowledged, Kind.AcknowledgementWithdrawn, Kind.Acknowledged],
            story.Case.Entries.Where(entry => entry.Actor == Some.Actor.Name).Select(entry => entry.Kind)
        );
    }

    [Fact]
    public void Withdraw_OnAnExhaustedLadder_IsExhaustedAgainAndSaysNoDeadlineTwice()
    {
        var story = AskedTo(5).Acknowledges(at: 55, Some.DecisionMaker).Withdraws(at: 60, Some.DecisionMaker).Run(61);

        Assert.Equal((State.Exhausted, null), (story.Case.State, story.Case.DueTime));
        Assert.Equal(5, story.Case.Entries.Count(entry => entry.Kind == Kind.DeadlinePassed));
    }

    [Fact]
    public void Withdraw_WithACauseNotedBehindIt_AsksAboutBothTogether()
    {
        var story = Breached()
            .Acknowledges(at: 3, Some.FocalPoint)
            .Breach(at: 4, Some.Breach("b", V1.Severity.Advisory, cause: "composite/camps"))
            .Withdraws(at: 6, Some.FocalPoint, "composite/index")
            .Expect(1, 0)
            .Expect(2, 10)
            .Run(11);

        Assert.Equal(["composite/index", "composite/camps"], Assert.Single(story.Case.Climbs).Causes);
    }

    [Fact]
    public void Withdraw_AboutOneOfTwoCauses_LeavesTheOtherAnswered()
    {
        var story = Breached()
            .Breach(at: 1, Some.Breach("b", cause: "composite/camps"))
            .Acknowledges(at: 3, Some.FocalPoint, "composite/index", "composite/camps")
            .Withdraws(at: 6, Some.FocalPoint, "composite/camps")
            .Expect(1, 0)
            .Expect(2, 10)
            .Run(11);

        Assert.Equal(State.AwaitingDecision, StateOf("composite/index"));
        Assert.Equal(State.AwaitingAcknowledgement, StateOf("composite/camps"));

        State StateOf(string cause) => story.Case.Causes.First(one => one.Id == cause).State;
    }

    [Fact]
    public void Withdraw_TellsThoseWhoWereAskedAtTheStep()
    {
        var story = Breached().Acknowledges(at: 3, Some.FocalPoint).Withdraws(at: 6, Some.FocalPoint).Expect(1, 0).Run(7);

        var told = Assert.Single(story.News, news => news.Withdrawn.Length > 0);
        Assert.Equal((1, 1, "breaches/XAB-a"), (told.Climb, told.Step, told.Breach));
        Assert.Equal(
            "The focal withdrew the acknowledgement of step 1, which was given at 1 March 2026 08:03:00 UTC. The step counts as not "
                + "answered; without an answer by 1 March 2026 08:10:00 UTC it goes on.",
            told.Withdrawn
        );
        Assert.Equal(told.Withdrawn, story.Case.Entries[^1].Text);
    }

    [Fact]
    public void Withdraw_WhatDoesNotStand_IsRefusedWithTheReason()
    {
        var never = Breached().Expect(1, 0).Run(1).Case;
        var before = Breached().Acknowledges(at: 1, Some.FocalPoint).Withdraws(at: 2, Some.FocalPoint).Expect(1, 0).Run(3).Case;

        Assert.Equal(V1.ErrorReason.NotAcknowledged, CaseRules.Withdraw(never, Some.FocalPoint, [], "")?.Reason);
        Assert.Equal(V1.ErrorReason.NotAcknowledged, CaseRules.Withdraw(before, Some.FocalPoint, [], "")?.Reason);
        Assert.Equal(V1.ErrorReason.EtagMismatch, CaseRules.Withdraw(before, Some.FocalPoint, [], "0")?.Reason);
    }

    [Fact]
    public void Withdraw_WhatADecisionGoesBy_IsRefused()
    {
        var now = AskedTo(4).Acknowledges(at: 35, Some.UnOffice).Decides(at: 36, Some.UnOffice, V1.Decision.PreventiveAction).Run(37).Case;

        Assert.Equal(V1.ErrorReason.DecidedSince, CaseRules.Withdraw(now, Some.UnOffice, [], "")?.Reason);
    }

    [Fact]
    public void Withdraw_AfterADecisionOfTheStateThatHoldsNothing_IsTaken() =>
        AskedTo(3)
            .Acknowledges(at: 22, Some.FocalPoint)
            .Acknowledges(at: 23, Some.Regional)
            .Decides(at: 24, Some.FocalPoint, V1.Decision.PreventiveAction)
            .Withdraws(at: 26, Some.Regional)
            .Expect(step: 4, at: 30)
            .Run(31);

    [Fact]
    public void SetRight_AnswerWasGivenWhileTheClockWasAhead_IsWithdrawnToTheStepsNewTime()
    {
        var ahead = new CaseContext(Some.Ladder, Some.Directory, Some.Start.AddYears(1));
        var opened = new CaseChangeBuilder(CaseState.None, ahead);
        opened.Take(Some.Breach("a"), null);
        var answered = new CaseChangeBuilder(opened.Finish().After, ahead);
        answered.Acknowledge([], Some.FocalPoint, "", Some.Actor);
        var right = new CaseChangeBuilder(answered.Finish().After, ahead with { Now = Some.Start });
        right.SetRight();
        var withdrawn = new CaseChangeBuilder(right.Finish().After, ahead with { Now = Some.Start.AddMinutes(1) });
        withdrawn.Withdraw([], Some.FocalPoint, "", Some.Actor);

        Assert.Equal(Some.Start.AddMinutes(10), withdrawn.Finish().After.Due);
    }

    private static Timeline Breached() => new Timeline().Breach(at: 0, Some.Breach("a"));

    /// <summary>Nobody answers before a step, which is asked at ten minutes for each before it.</summary>
    private static Timeline AskedTo(int step) =>
        Enumerable.Range(1, step).Aggregate(Breached(), (story, number) => story.Expect(number, 10 * (number - 1)));
}
