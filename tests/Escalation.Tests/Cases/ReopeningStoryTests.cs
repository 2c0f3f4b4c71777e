using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Tests.Infrastructure;
using static EarlyWarning.V1.CaseEntry.Types;
using State = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Escalation.Tests.Cases;

/// <summary>A case that was stood down by mistake. A warning waits 10 minutes at each step.</summary>
public sealed class ReopeningStoryTests
{
    [Fact]
    public void Reopen_WhileTheStepHasTime_TheClimbGoesOnAsIfNothingHadBeen()
    {
        var story = StoodDown().Reopens(at: 6, Some.Operator).Expect(1, 0).Expect(step: 2, at: 10).Run(12);

        Assert.Equal((State.AwaitingAcknowledgement, null), (story.Case.State, story.Case.CloseTime));
        Assert.Equal(1, Assert.Single(story.Case.Climbs).Number);
        Assert.Contains(story.Case.Entries, entry => entry.Kind == Kind.StoodDown);
        var told = Assert.Single(story.News, news => news.Withdrawn.Length > 0);
        Assert.Equal((1, 1), (told.Climb, told.Step));
        Assert.Equal("The operator reopened “Threshold a”: it goes on where it stood. By mistake.", told.Withdrawn);
    }

    [Fact]
    public void Reopen_AfterDeadlinesHavePassed_TheyAreLateAtOnceInOrder() =>
        StoodDown().Reopens(at: 25, Some.Operator).Expect(1, 0).Expect(step: 2, at: 25).Expect(step: 3, at: 25).Expect(4, 35).Run(36);

    [Fact]
    public void Reopen_WhatWasAnswered_StillHoldsForItsDecision()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 3, Some.FocalPoint)
            .StandsDown(at: 4, Some.Operator, althoughFiring: true)
            .Reopens(at: 6, Some.Operator)
            .Expect(1, 0)
            .Run(15);

        Assert.Equal(State.AwaitingDecision, story.Case.State);
        Assert.Equal("The focal", story.Case.Climbs[0].Steps[0].AcknowledgedBy);
    }

    [Fact]
    public void Reopen_WhatWasDecided_IsDecidedAndAsksNobody()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Acknowledges(at: 3, Some.FocalPoint)
            .Decides(at: 4, Some.DecisionMaker, V1.Decision.NotRefer)
            .StandsDown(at: 5, Some.Operator, althoughFiring: true)
            .Reopens(at: 6, Some.Operator)
            .Expect(1, 0)
            .Run(60);

        Assert.Equal((State.Decided, null), (story.Case.State, story.Case.DueTime));
        Assert.DoesNotContain(story.News, news => news.Withdrawn.Length > 0);
    }

    [Fact]
    public void Reopen_OneOfTwoCausesOfAnOpenCase_GoesOnByAClimbOfItsOwn()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 1, Some.Breach("b", cause: "composite/camps"))
            .StandsDown(at: 2, Some.Operator, althoughFiring: true, "composite/camps")
            .Acknowledges(at: 4, Some.FocalPoint, "composite/index")
            .Decides(at: 5, Some.DecisionMaker, V1.Decision.NotRefer, causes: "composite/index")
            .Reopens(at: 6, Some.Operator)
            .Expect(1, 0)
            .Expect(step: 2, at: 10)
            .Run(11);

        Assert.Equal(
            [(2, State.AwaitingAcknowledgement), (1, State.Decided)],
            story.Case.Causes.OrderBy(cause => cause.Id, StringComparer.Ordinal).Select(cause => (cause.Climb, cause.State))
        );
    }

    [Fact]
    public void Reopen_WhatBreachedAgainMeanwhile_IsOpenAlready()
    {
        var now = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 1, Some.Breach("b", cause: "composite/camps"))
            .StandsDown(at: 2, Some.Operator, althoughFiring: true, "composite/camps")
            .Breach(at: 3, Some.Breach("c", cause: "composite/camps"))
            .Expect(1, 0)
            .Run(4)
            .Case;

        Assert.Equal(V1.ErrorReason.NotStoodDown, CaseRules.Reopen(now, now, Some.Operator, ["composite/camps"], "")?.Reason);
    }

    [Fact]
    public void Reopen_WhereItCannotBe_IsRefusedWithTheReason()
    {
        var closed = StoodDown().Expect(1, 0).Run(5).Case;
        var ended = new Timeline().Breach(at: 0, Some.Breach("a")).Breach(at: 1, Some.Retired(Some.Breach("a"))).Expect(1, 0).Run(2).Case;
        V1.Case other = new() { Name = "cases/XAB-other" };

        Assert.Null(CaseRules.Reopen(closed, null, Some.FocalPoint, [], ""));
        Assert.Equal(V1.ErrorReason.OtherCaseOpen, CaseRules.Reopen(closed, other, Some.Operator, [], "")?.Reason);
        Assert.Equal(V1.ErrorReason.NotOnLadder, CaseRules.Reopen(closed, null, Some.Elsewhere, [], "")?.Reason);
        Assert.Equal(V1.ErrorReason.InvalidField, CaseRules.Reopen(closed, null, Some.Operator, ["no/such"], "")?.Reason);
        Assert.Equal(V1.ErrorReason.EtagMismatch, CaseRules.Reopen(closed, null, Some.Operator, [], "0")?.Reason);
        Assert.Equal(V1.ErrorReason.NotStoodDown, CaseRules.Reopen(ended, null, Some.Operator, [], "")?.Reason);
        Assert.Equal(V1.ErrorReason.NotStoodDown, CaseRules.Reopen(ended, null, Some.Operator, ["composite/index"], "")?.Reason);
    }

    [Fact]
    public void Reopen_SeveralCausesStoodDown_HasToSayWhich()
    {
        var now = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 1, Some.Breach("b", cause: "composite/camps"))
            .StandsDown(at: 2, Some.Operator, althoughFiring: true, "composite/index", "composite/camps")
            .Expect(1, 0)
            .Run(3)
            .Case;

        Assert.Equal(V1.ErrorReason.FieldMissing, CaseRules.Reopen(now, null, Some.Operator, [], "")?.Reason);
    }

    private static Timeline StoodDown() =>
        new Timeline().Breach(at: 0, Some.Breach("a")).StandsDown(at: 4, Some.Operator, althoughFiring: true);
}
