using EarlyWarning.Scoring.Fitting;
using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Fitting;

public sealed class OutcomesTests
{
    private static readonly DateTimeOffset[] s_years = [.. Enumerable.Range(2000, 6).Select(Chronicle.EndOf)];

    [Fact]
    public void Horizons_AYear_EndWithTheNextYearWhateverItsLength()
    {
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));

        Assert.Equal(s_years[1..], Enumerable.Range(0, 5).Select(horizons.End));
        Assert.Equal(1, horizons.Lead);
    }

    [Fact]
    public void Horizons_TwoYears_AreKnownAfterTwoPeriods()
    {
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(731));

        Assert.Equal(s_years[2], horizons.End(0));
        Assert.Equal(2, horizons.Lead);
    }

    [Fact]
    public void Of_HorizonNotOver_IsUnknownEvenAfterAnEvent()
    {
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));
        var outcomes = new Outcomes([Event(2001, 6)], null, s_years[^1]);

        Assert.Null(outcomes.Of("XAA", horizons, 0, s_years[1].AddDays(-1)));
        Assert.True(outcomes.Of("XAA", horizons, 0, s_years[1]));
        Assert.False(outcomes.Of("XAA", horizons, 1, s_years[2]));
        Assert.Null(outcomes.Of("XAA", horizons, 5, DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Of_EventKnownLater_CountsFromThenOn()
    {
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));
        var outcomes = new Outcomes([Event(2001, 6) with { Known = s_years[3] }], null, s_years[^1]);

        Assert.False(outcomes.Of("XAA", horizons, 0, s_years[2]));
        Assert.True(outcomes.Of("XAA", horizons, 0, s_years[3]));
    }

    [Fact]
    public void Of_NobodyTold_IsUnknown()
    {
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));
        var outcomes = new Outcomes([], [Event(2001, 6)], s_years[^1]);

        Assert.False(outcomes.Of("XAA", horizons, 0, s_years[^1]));
        Assert.Null(outcomes.Of("XAA", horizons, 1, s_years[^1]));
        Assert.Null(outcomes.Of("XAB", horizons, 0, s_years[^1]));
    }

    private static OutcomeEvent Event(int year, int month)
    {
        var time = new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero);
        return new("XAA", time, time);
    }
}
