using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Risk.Tests.Thresholds;

public sealed class ThresholdTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Above_ReachesTheValue_FiresWithItsExplanation()
    {
        var country = CountryDriver.At(Samples.Above(60));
        country.Observe(20, "killings", "threats", "courts");
        country.Sleep(s_minute);
        country.Observe(100, "killings", "threats");

        var breach = Assert.Single(country.Decided);
        Assert.Equal(V1.Breach.Types.State.Firing, breach.State);
        Assert.Equal(60, breach.Score, 9);
        Assert.StartsWith("breaches/XAA-", breach.Name, StringComparison.Ordinal);
        Assert.Equal("small/index", breach.Cause);
        Assert.StartsWith("EXERCISE", breach.Sentence, StringComparison.Ordinal);
        Assert.Equal(40, breach.Movements.Sum(movement => movement.Amount), 9);
        Assert.Equal(["killings", "threats"], breach.Movements.Select(movement => movement.Indicator));
        Assert.All(breach.Movements, movement => Assert.Single(movement.ObservationIds));
    }

    [Fact]
    public void Above_FallsBelowTheClearingValue_ResolvesOnlyThen()
    {
        var country = CountryDriver.At(Samples.Above(60, change: threshold => threshold.ClearingValue = 50));
        country.ObserveEach(70, 55, 49);
        Assert.Equal(["Firing", "Resolved"], country.Story);
        Assert.Equal([1L, 2L], country.Decided.Select(breach => breach.Sequence));
        Assert.Single(country.Decided.Select(breach => breach.Name).Distinct());
        Assert.Equal(49, country.Decided[1].EndScore, 9);
    }

    [Fact]
    public void Above_FiresAgainAfterResolving_IsAnotherBreach()
    {
        var country = CountryDriver.At(Samples.Above(60));
        country.ObserveEach(70, 30, 70);
        Assert.Equal(["Firing", "Resolved", "Firing"], country.Story);
        Assert.Equal(2, country.Decided.Select(breach => breach.Name).Distinct().Count());
    }

    [Fact]
    public void Below_FallsToTheValue_FiresAndResolvesAboveIt()
    {
        var country = CountryDriver.At(Samples.Above(30, change: threshold => threshold.Condition = V1.Condition.Below));
        country.ObserveEach(50, 30, 31);
        Assert.Equal(["Firing", "Resolved"], country.Story);
    }

    [Fact]
    public void Level_EntersTheLevelOrAHigherOne_Fires()
    {
        var country = CountryDriver.At(
            Samples.Above(0, change: threshold => (threshold.Condition, threshold.Level) = (V1.Condition.Level, "medium"))
        );
        country.ObserveEach(39, 90, 39);
        Assert.Equal(["Firing", "Resolved"], country.Story);
        Assert.Equal("high", country.Decided[0].Level);
    }

    [Fact]
    public void Rise_JumpAfterStandingStillForLong_Fires()
    {
        var country = CountryDriver.At(Samples.Rise(20, TimeSpan.FromDays(7)));
        country.ObserveEach(20);
        country.Pass(TimeSpan.FromDays(300));
        country.ObserveEach(45);
        Assert.Equal(["Firing"], country.Story);
        Assert.Equal(25, country.Decided[0].Movements.Sum(movement => movement.Amount), 9);
    }

    [Fact]
    public void Rise_SlowerThanItsWindow_DoesNotFire()
    {
        var country = CountryDriver.At(Samples.Rise(20, TimeSpan.FromDays(7)));
        for (var value = 10; value <= 60; value += 10)
        {
            country.Pass(TimeSpan.FromDays(8));
            country.ObserveEach(value);
        }

        Assert.Empty(country.Decided);
    }

    [Fact]
    public void MinimumCoverage_TooLittleData_NeitherFiresNorResolves()
    {
        var country = CountryDriver.At(Samples.Above(60, change: threshold => threshold.MinimumCoverage = 0.9));
        country.Observe(80, "killings", "threats");
        Assert.Empty(country.Decided);
        country.Sleep(s_minute);
        country.Observe(80, "courts");
        Assert.Equal(["Firing"], country.Story);
    }

    [Fact]
    public void MinimumProbability_NotSureEnough_DoesNotFire()
    {
        var country = CountryDriver.At(Samples.Above(60, "killings", threshold => threshold.MinimumProbability = 0.95));
        var unsure = Samples.Observation("killings", 65, country.Now);
        unsure.StandardError = 10;
        country.Record(unsure);
        Assert.Empty(country.Decided);
        country.Sleep(s_minute);
        var sure = Samples.Observation("killings", 65, country.Now);
        sure.StandardError = 1;
        country.Record(sure);
        Assert.Equal(["Firing"], country.Story);
    }

    [Fact]
    public void MinimumProbability_OfTheScore_IsOfDrawsThatCanBeRepeated()
    {
        var country = CountryDriver.At(Samples.Above(60, change: threshold => threshold.MinimumProbability = 0.85));
        country.Record(Unsure(country, "courts", 55, 10), Unsure(country, "killings", 55, 10), Unsure(country, "threats", 55, 10));
        Assert.Empty(country.Decided);
        country.Sleep(s_minute);
        country.Record(Unsure(country, "courts", 70, 10), Unsure(country, "killings", 70, 10), Unsure(country, "threats", 70, 10));
        var breach = Assert.Single(country.Decided);

        var expected = StateDistribution
            .Of(country.Framework.Present, StateDistribution.DecisionDraws)
            .AtLeast(country.Framework.Compiled.Root, 60);
        Assert.Equal(expected, breach.Probability);
        Assert.InRange(breach.Probability, 0.85, 0.999);
        Assert.InRange(breach.TargetValue, breach.Interval.Lower, breach.Interval.Upper);
        Assert.Equal(breach, country.Fold().Thresholds.Watched[0].Breach);
    }

    [Fact]
    public void MinimumProbability_ErrorsNotStated_IsNotKnownAndDoesNotFire()
    {
        var country = CountryDriver.At(Samples.Above(60, change: threshold => threshold.MinimumProbability = 0.5));
        country.ObserveEach(95);
        Assert.Empty(country.Decided);
    }

    [Fact]
    public void MinimumProbability_OfTheScoreNotReached_DoesNotFire()
    {
        var country = CountryDriver.At(Samples.Above(60, change: threshold => threshold.MinimumProbability = 0.95));
        country.Record(Unsure(country, "courts", 65, 30), Unsure(country, "killings", 65, 30), Unsure(country, "threats", 65, 30));
        Assert.True(country.Score > 60);
        Assert.Empty(country.Decided);
    }

    [Fact]
    public void Countries_OutOfScope_DoesNotFire()
    {
        var country = CountryDriver.At(Samples.Above(60, change: threshold => threshold.Countries.Add("XAB")));
        country.ObserveEach(90);
        Assert.Empty(country.Decided);
    }

    [Fact]
    public void Node_OfAFactor_IsWatchedOnItsOwnScore()
    {
        var country = CountryDriver.At(Samples.Above(80, "violence"));
        country.Observe(0, "courts", "killings", "threats");
        country.Sleep(s_minute);
        country.Observe(90, "killings", "threats");
        var breach = Assert.Single(country.Decided);
        Assert.Equal(90, breach.TargetValue, 9);
        Assert.Equal("small/violence", breach.Cause);
        Assert.Equal(90, breach.Movements.Sum(movement => movement.Amount), 9);
    }

    private static V1.Observation Unsure(CountryDriver country, string indicator, double value, double error)
    {
        var observation = Samples.Observation(indicator, value, country.Now);
        observation.StandardError = error;
        return observation;
    }
}
