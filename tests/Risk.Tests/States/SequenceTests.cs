using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.States;

/// <summary>What is received together is decided upon moment by moment, as if it had come alone.</summary>
public sealed class SequenceTests
{
    private static readonly string[] s_indicators = ["killings", "threats", "courts"];

    [Fact]
    public void Record_UnsortedInOneCall_IsDecidedInTheOrderOfWhatWasObserved()
    {
        var country = Alarm();
        country.Record(Values((3, 10), (1, 10), (2, 90), (4, 95)));
        Assert.Equal(["Resolved", "Firing"], country.Story);
        Assert.Equal([2.0, 4.0], country.Decided.Select(breach => Hours(breach.FireTime)));
    }

    [Fact]
    public void Record_FiredAndClearedInOneCall_IsOneResolvedBreachWithBothTimes()
    {
        var country = Alarm();
        country.Record(Values((1, 90), (2, 10)));
        var breach = Assert.Single(country.Decided);
        Assert.Equal((V1.Breach.Types.State.Resolved, 1L, true), (breach.State, breach.Sequence, breach.Late));
        Assert.Equal((1, 2, 9, 9), (Hours(breach.FireTime), Hours(breach.EndTime), Hours(breach.DecideTime), Hours(breach.EndDecideTime)));
        Assert.Contains(
            "was past the line from 1 January 2030 01:00 UTC to 1 January 2030 02:00 UTC, received late",
            breach.Sentence,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            breach.FireSentence[breach.FireSentence.IndexOf(':', StringComparison.Ordinal)..],
            breach.Sentence,
            StringComparison.Ordinal
        );
        Assert.Contains("90 of 100", breach.FireSentence, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexString(country.State.Write()), Convert.ToHexString(country.Fold().Write()));
    }

    [Fact]
    public void Record_FiredAndClearedTwiceInOneCall_IsTwoBreaches()
    {
        var country = Alarm();
        country.Record(Values((1, 90), (2, 10), (3, 90), (4, 10)));
        Assert.Equal(["Resolved", "Resolved"], country.Story);
        Assert.Equal(2, country.Decided.Select(breach => breach.Name).Distinct().Count());
    }

    [Fact]
    public void Record_FiredEarlierAndClearedNow_IsTheFirstBreachResolved()
    {
        var country = Alarm();
        country.Record(Values((1, 90)));
        country.Record(Values((2, 10), (3, 90)));
        Assert.Equal(["Firing", "Resolved", "Firing"], country.Story);
        Assert.Equal([(1L, false), (2L, false), (1L, false)], country.Decided.Select(breach => (breach.Sequence, breach.Late)));
    }

    [Fact]
    public void Record_OlderThanTheNewestOfItsSeries_IsLateAndDecidesNothing()
    {
        var country = Alarm();
        country.Record(Values((5, 10)));
        var before = country.State.Clock;
        Assert.Equal([0, 1, 2], country.Send(Values((4, 99))).Late);
        Assert.Empty(country.Decided);
        Assert.Equal((10.0, before), (country.Score, country.State.Clock));
    }

    [Fact]
    public void Record_ObservedBeforeTheLastDecision_CountsFromThatDecision()
    {
        var country = Alarm();
        country.Record([.. Values((5, 50)).Where(observation => observation.Indicator != "threats")]);
        country.Record(Samples.Observation("threats", 100, Samples.Start.AddHours(3)));
        Assert.Equal(5, Hours(Assert.Single(country.Decided).FireTime));
    }

    [Fact]
    public void Record_ObservedAfterNow_CountsFromNow()
    {
        var country = Alarm();
        country.Record(Values((10, 90)));
        Assert.Equal(9, Hours(Assert.Single(country.Decided).FireTime));
    }

    [Fact]
    public void For_OfWhatIsReceivedLate_CountsFromWhatWasObserved()
    {
        var country = Alarm(threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromHours(3)));
        country.Record(Values((1, 90), (2, 95)));
        country.Wake();
        Assert.Equal(4, Hours(Assert.Single(country.Decided).FireTime));
    }

    [Fact]
    public void For_LostWithinWhatIsReceivedLate_DoesNotFire()
    {
        var country = Alarm(threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromHours(3)));
        country.Record(Values((1, 90), (3, 10), (4, 90), (6, 10)));
        country.Wake();
        Assert.Empty(country.Decided);
    }

    [Fact]
    public void For_EndsBetweenTwoMomentsReceivedTogether_FiresAtItsOwnMoment()
    {
        var country = Alarm(threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromHours(3)));
        country.Record(Values((1, 90), (6, 10)));
        var breach = Assert.Single(country.Decided);
        Assert.Equal((4, 6, true), (Hours(breach.FireTime), Hours(breach.EndTime), breach.Late));
    }

    [Fact]
    public void Hysteresis_WithinWhatIsReceivedTogether_HoldsBetweenItsValues()
    {
        var country = Alarm(threshold => threshold.ClearingValue = 40);
        country.Record(Values((1, 90), (2, 50), (3, 70), (4, 30), (5, 50)));
        var breach = Assert.Single(country.Decided);
        Assert.Equal((1, 4), (Hours(breach.FireTime), Hours(breach.EndTime)));
    }

    [Fact]
    public void Rise_WithinWhatIsReceivedTogether_IsSeen()
    {
        var country = Alarm(threshold =>
            (threshold.Condition, threshold.Value, threshold.Window) = (V1.Condition.Rise, 30, Duration.FromTimeSpan(TimeSpan.FromHours(2)))
        );
        country.Record(Values((1, 10), (2, 50), (3, 55), (7, 60)));
        var breach = Assert.Single(country.Decided);
        Assert.Equal((2, 7), (Hours(breach.FireTime), Hours(breach.EndTime)));
    }

    [Fact]
    public void Backfill_OfASequence_WarnsOfNothingAndSetsNoDecisionBeforeIt()
    {
        var country = Alarm();
        country.Record(Values((1, 10), (2, 90), (3, 95)), backfill: true);
        Assert.Empty(country.Decided);
        country.Record(Values((4, 96)));
        Assert.Equal(4, Hours(Assert.Single(country.Decided).FireTime));
    }

    private static V1.Observation[] Values(params (int Hour, double Value)[] values) =>
        [
            .. values.SelectMany(pair =>
                s_indicators.Select(indicator => Samples.Observation(indicator, pair.Value, Samples.Start.AddHours(pair.Hour)))
            ),
        ];

    private static double Hours(Timestamp time) => (time.ToDateTimeOffset() - Samples.Start).TotalHours;

    /// <summary>A country nine hours later, with one threshold at 60.</summary>
    private static CountryDriver Alarm(Action<V1.Threshold>? change = null)
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()).Put(Samples.Above(60, change: change)));
        country.Sleep(TimeSpan.FromHours(9));
        return country;
    }
}
