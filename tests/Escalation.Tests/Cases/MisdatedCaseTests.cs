using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Tests.Infrastructure;
using static EarlyWarning.V1.Case.Types;

namespace EarlyWarning.Escalation.Tests.Cases;

/// <summary>Cases whose step was reached while the clock was a year ahead.</summary>
public sealed class MisdatedCaseTests
{
    private static readonly DateTimeOffset s_ahead = Some.Start.AddYears(1);

    [Fact]
    public void SetRight_StepWasReachedAYearAhead_ItsTimeBeginsNow()
    {
        var state = Opened();
        Assert.True(CaseDraft.IsMisdated(state.Head, Some.Start));

        var right = SetRight(state);

        Assert.False(CaseDraft.IsMisdated(right.Head, Some.Start));
        Assert.Equal(Some.Start.AddMinutes(10), right.Due);
        Assert.Equal(Some.Start.AddMinutes(20), right.Internals.RegionalDue.ToDateTimeOffset());
        Assert.Contains("The clock was ahead", right.Entries[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void SetRight_StepWasAnsweredAYearAhead_TheTimeForADecisionBeginsNow()
    {
        var draft = new CaseDraft(Opened(), Some.Ladder, s_ahead);
        draft.Acknowledge(draft.Finish().Head.Steps[0], Some.FocalPoint, "", Some.Actor);

        var right = SetRight(draft.Finish());

        Assert.False(CaseDraft.IsMisdated(right.Head, Some.Start));
        Assert.Equal(State.AwaitingDecision, right.Head.State);
        Assert.Equal(Some.Start.AddMinutes(30), right.Head.Steps[0].DecideDueTime.ToDateTimeOffset());
        Assert.True(right.Due <= Some.Start.AddMinutes(30));
    }

    [Fact]
    public void IsMisdated_StepWasReachedInThePast_IsNot() => Assert.False(CaseDraft.IsMisdated(Opened().Head, s_ahead));

    private static CaseState Opened()
    {
        var draft = new CaseDraft(CaseState.None, Some.Ladder, s_ahead);
        draft.Open(Some.Breach("a"));
        return draft.Finish();
    }

    private static CaseState SetRight(CaseState state)
    {
        var draft = new CaseDraft(state, Some.Ladder, Some.Start);
        draft.SetRight();
        return draft.Finish();
    }
}
