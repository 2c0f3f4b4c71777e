using EarlyWarning.Scoring.Fitting;
using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Fitting;

public sealed class OutcomeSetTests
{
    private static readonly DateTimeOffset[] s_years = [.. Enumerable.Range(2000, 6).Select(Chronicle.EndOf)];

    [Fact]
    public void Horizons_AYear_EndWithTheNextYearWhateverItsLength()
    {
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));

        Assert.Equal(s_years[1..], Enumerable.Range(0, 5).Select(period => horizons.Window(period).End));
        Assert.Equal(1, horizons.Lead);
    }

    [Fact]
    public void Horizons_TwoYears_AreKnownAfterTwoPeriods()
    {
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(731));

        Assert.Equal(s_years[2], horizons.Window(0).End);
        Assert.Equal(2, horizons.Lead);
    }

    [Fact]
    public void Of_HorizonNotOver_IsUnknownEvenAfterAnEvent()
    {
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));
        var outcomes = new OutcomeSet([Event(2001, 6)], null, new(null, s_years[^1]));

        Assert.Null(outcomes.Of("XAA", horizons.Window(0), s_years[1].AddDays(-1)));
        Assert.True(outcomes.Of("XAA", horizons.Window(0), s_years[1]));
        Assert.False(outcomes.Of("XAA", horizons.Window(1), s_years[2]));
        Assert.Null(outcomes.Of("XAA", horizons.Window(5), DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Of_EventKnownLater_CountsFromThenOn()
    {
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));
        var outcomes = new OutcomeSet([Event(2001, 6) with { Known = s_years[3] }], null, new(null, s_years[^1]));

        Assert.False(outcomes.Of("XAA", horizons.Window(0), s_years[2]));
        Assert.True(outcomes.Of("XAA", horizons.Window(0), s_years[3]));
    }

    [Fact]
    public void Of_NobodyTold_IsUnknown()
    {
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));
        var outcomes = new OutcomeSet([], [Event(2001, 12, 31)], new(null, s_years[^1]));

        Assert.False(outcomes.Of("XAA", horizons.Window(0), s_years[^1]));
        Assert.Null(outcomes.Of("XAA", horizons.Window(1), s_years[^1]));
        Assert.Null(outcomes.Of("XAB", horizons.Window(0), s_years[^1]));
    }

    [Fact]
    public void Of_LastEventOfAListIsLongAgo_IsUnknownFromThenOn()
    {
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));
        var outcomes = new OutcomeSet([Event(2002, 6)], null, new(s_years[1], new DateTimeOffset(2002, 12, 31, 0, 0, 0, TimeSpan.Zero)));

        Assert.Equal(
            [null, true, null, null],
            Enumerable.Range(0, 4).Select(period => outcomes.Of("XAA", horizons.Window(period), DateTimeOffset.MaxValue))
        );
        Assert.False(outcomes.Of("XAB", horizons.Window(1), DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Of_AYearNotToldBetweenTwoThatAre_IsUnknownInEveryHorizonThatHasIt()
    {
        // 2003 is missing. Of two years ahead the whole must be told, also where an event is known in one of them.
        OutcomeEvent[] told = [.. new[] { 2000, 2001, 2002, 2004, 2005 }.Select(year => Event(year, 12, 31))];
        var outcomes = new OutcomeSet([Event(2002, 12, 31)], told, new(null, s_years[^1]));

        var one = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));
        var two = new OutcomeHorizons(s_years, TimeSpan.FromDays(731));

        Assert.Equal(
            [false, true, null, false, false, null],
            Enumerable.Range(0, 6).Select(period => outcomes.Of("XAA", one.Window(period), DateTimeOffset.MaxValue))
        );
        Assert.Equal(
            [true, null, null, false],
            Enumerable.Range(0, 4).Select(period => outcomes.Of("XAA", two.Window(period), DateTimeOffset.MaxValue))
        );
    }

    [Fact]
    public void Of_MonthsThatStopWithinAYear_DoNotTellOfTheYear()
    {
        OutcomeEvent[] told = [.. Enumerable.Range(1, 18).Select(month => Event(2001 + ((month - 1) / 12), 1 + ((month - 1) % 12), 28))];
        var outcomes = new OutcomeSet([], told, new(null, s_years[^1]));
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));

        Assert.False(outcomes.Of("XAA", horizons.Window(0), DateTimeOffset.MaxValue));
        Assert.Null(outcomes.Of("XAA", horizons.Window(1), DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Of_StateThatEndedOrHadNotBegun_IsUnknown()
    {
        var known = new KnownTime(null, s_years[^1]) { Existed = (country, year) => country != "XAA" || year is >= 2002 and <= 2003 };
        var outcomes = new OutcomeSet([], null, known);
        var horizons = new OutcomeHorizons(s_years, TimeSpan.FromDays(366));

        // At the end of 2001 it was about to begin: what came in 2002 is known. At the end of 2003 it had ended.
        Assert.Equal(
            [null, false, false, null, null],
            Enumerable.Range(0, 5).Select(period => outcomes.Of("XAA", horizons.Window(period), DateTimeOffset.MaxValue))
        );
        Assert.False(outcomes.Of("XAB", horizons.Window(0), DateTimeOffset.MaxValue));
    }

    private static OutcomeEvent Event(int year, int month, int day = 1)
    {
        var time = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
        return new("XAA", time, time);
    }
}
