using EarlyWarning.Driver.Scenarios;
using EarlyWarning.Load.Tests.Infrastructure;

namespace EarlyWarning.Load.Tests.Scenarios;

public class LimitTests
{
    [Fact]
    public void Judge_BeyondTheBound_FailsAndNamesBoth()
    {
        var judged = Limit.P99("reports", 10).Judge(SampleRun.With());

        Assert.False(judged.Holds);
        Assert.Equal(("p99 of reports", "at most 10 ms", 20.0), (judged.Name, judged.Bound, judged.Value!.Value));
    }

    [Fact]
    public void Judge_OfALeast_HoldsAtTheBound()
    {
        Assert.True(Limit.Rate("reports", 2_000).Judge(SampleRun.With()).Holds);
        Assert.False(Limit.Rate("reports", 2_001).Judge(SampleRun.With()).Holds);
    }

    [Fact]
    public void Judge_OfWhatTheRunDoesNotSay_Fails() => Assert.False(Limit.P99("nobody", 10).Judge(SampleRun.With()).Holds);

    [Fact]
    public void Judge_WithADifferenceFromTheStore_Fails()
    {
        var run = SampleRun.With(found: new([], ["r1-reports-0 was acknowledged and is there 0 times"]));

        Assert.False(Limit.Reconciled.Judge(run).Holds);
        Assert.True(Limit.Reconciled.Judge(SampleRun.With()).Holds);
    }

    [Fact]
    public void Judge_WithItemsThatWereNotTaken_FailsThatNoneFails()
    {
        var run = SampleRun.With() with { Ledger = new(20_000, 0, 0, Refused: 0, Retry: 1, Unanswered: 0) };

        Assert.False(Limit.NoneFails.Judge(run).Holds);
        Assert.False(Limit.NoneFails.Judge(SampleRun.With(SampleRun.Flow() with { Dropped = 1 })).Holds);
    }

    [Fact]
    public void Kept_WhereAQueueGrew_Fails() =>
        Assert.False(Limit.Kept("reports").Judge(SampleRun.With(SampleRun.Flow(offered: 1_000, calls: 900))).Holds);
}
