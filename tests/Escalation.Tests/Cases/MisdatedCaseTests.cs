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
        Assert.True(CaseChangeBuilder.IsMisdated(state, Some.Start));

        var right = SetRight(state, out var entries);

        Assert.False(CaseChangeBuilder.IsMisdated(right, Some.Start));
        Assert.Equal(Some.Start.AddMinutes(10), right.Due);
        Assert.Equal(Some.Start.AddMinutes(20), right.Internals.Climbs[0].RegionalDue.ToDateTimeOffset());
        Assert.Contains("The clock was ahead", entries[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void SetRight_StepWasAnsweredAYearAhead_TheTimeForADecisionBeginsNow()
    {
        var builder = new CaseChangeBuilder(Opened(), new(Some.Ladder, Some.Directory, s_ahead));
        builder.Acknowledge([], Some.FocalPoint, "", Some.Actor);

        var right = SetRight(builder.Finish().After, out _);

        Assert.False(CaseChangeBuilder.IsMisdated(right, Some.Start));
        Assert.Equal(State.AwaitingDecision, right.Head.State);
        Assert.Equal(Some.Start.AddMinutes(30), right.Head.Climbs[0].Steps[0].DecideDueTime.ToDateTimeOffset());
        Assert.True(right.Due <= Some.Start.AddMinutes(30));
    }

    [Fact]
    public void SetRight_AnswerThatHoldsNothingIsAYearAhead_IsMisdatedNoLonger()
    {
        // An answer of the State concerned after the regional step goes into the record and holds nothing.
        var state = Opened();
        state.Head.Climbs[0].Steps[0].AcknowledgeTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(s_ahead);

        Assert.False(CaseChangeBuilder.IsMisdated(SetRight(state, out _), Some.Start));
    }

    [Fact]
    public void IsMisdated_StepWasReachedInThePast_IsNot() => Assert.False(CaseChangeBuilder.IsMisdated(Opened(), s_ahead));

    private static CaseState Opened()
    {
        var builder = new CaseChangeBuilder(CaseState.None, new(Some.Ladder, Some.Directory, s_ahead));
        builder.Take(Some.Breach("a"), null);
        return builder.Finish().After;
    }

    private static CaseState SetRight(CaseState state, out IReadOnlyList<V1.CaseEntry> entries)
    {
        var builder = new CaseChangeBuilder(state, new(Some.Ladder, Some.Directory, Some.Start));
        builder.SetRight();
        var change = builder.Finish();
        entries = change.Entries;
        return change.After;
    }
}
