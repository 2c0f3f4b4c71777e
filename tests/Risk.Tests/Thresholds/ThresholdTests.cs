using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Uncertainty;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.Thresholds;

public sealed class ThresholdTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Above_ReachesTheValue_FiresWithItsExplanation()
    {
        var desk = At(Samples.Above(60));
        desk.Observe(20, "killings", "threats", "courts");
        desk.Sleep(s_minute);
        desk.Observe(100, "killings", "threats");

        var breach = Assert.Single(desk.Decided);
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
        var desk = At(Samples.Above(60, change: threshold => threshold.ClearingValue = 50));
        Values(desk, 70, 55, 49);
        Assert.Equal(["Firing", "Resolved"], desk.Story);
        Assert.Equal([1L, 2L], desk.Decided.Select(breach => breach.Sequence));
        Assert.Single(desk.Decided.Select(breach => breach.Name).Distinct());
        Assert.Equal(49, desk.Decided[1].EndScore, 9);
    }

    [Fact]
    public void Above_FiresAgainAfterResolving_IsAnotherBreach()
    {
        var desk = At(Samples.Above(60));
        Values(desk, 70, 30, 70);
        Assert.Equal(["Firing", "Resolved", "Firing"], desk.Story);
        Assert.Equal(2, desk.Decided.Select(breach => breach.Name).Distinct().Count());
    }

    [Fact]
    public void Below_FallsToTheValue_FiresAndResolvesAboveIt()
    {
        var desk = At(Samples.Above(30, change: threshold => threshold.Condition = V1.Condition.Below));
        Values(desk, 50, 30, 31);
        Assert.Equal(["Firing", "Resolved"], desk.Story);
    }

    [Fact]
    public void Level_EntersTheLevelOrAHigherOne_Fires()
    {
        var desk = At(Samples.Above(0, change: threshold => (threshold.Condition, threshold.Level) = (V1.Condition.Level, "medium")));
        Values(desk, 39, 90, 39);
        Assert.Equal(["Firing", "Resolved"], desk.Story);
        Assert.Equal("high", desk.Decided[0].Level);
    }

    [Fact]
    public void Rise_JumpAfterStandingStillForLong_Fires()
    {
        var desk = At(Rise(20, TimeSpan.FromDays(7)));
        Values(desk, 20);
        desk.Pass(TimeSpan.FromDays(300));
        Values(desk, 45);
        Assert.Equal(["Firing"], desk.Story);
        Assert.Equal(25, desk.Decided[0].Movements.Sum(movement => movement.Amount), 9);
    }

    [Fact]
    public void Rise_SlowerThanItsWindow_DoesNotFire()
    {
        var desk = At(Rise(20, TimeSpan.FromDays(7)));
        for (var value = 10; value <= 60; value += 10)
        {
            desk.Pass(TimeSpan.FromDays(8));
            Values(desk, value);
        }

        Assert.Empty(desk.Decided);
    }

    [Fact]
    public void For_HoldsLongEnough_FiresAtThatMomentWithoutAnInput()
    {
        var desk = At(Samples.Above(60, change: threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromMinutes(10))));
        Values(desk, 70);
        var met = desk.Now;
        desk.Pass(TimeSpan.FromMinutes(9));
        Assert.Empty(desk.Decided);
        desk.Pass(TimeSpan.FromMinutes(2));
        var breach = Assert.Single(desk.Decided);
        Assert.InRange(breach.FireTime.ToDateTimeOffset() - met, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void For_ConditionIsLostInBetween_DoesNotFire()
    {
        var desk = At(Samples.Above(60, change: threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromMinutes(10))));
        Values(desk, 70);
        desk.Pass(TimeSpan.FromMinutes(5));
        Values(desk, 50);
        desk.Pass(TimeSpan.FromHours(1));
        Assert.Empty(desk.Decided);
    }

    [Fact]
    public void For_EndsDuringAnOutage_FiresLateAndOnce()
    {
        var desk = At(Samples.Above(60, change: threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromMinutes(10))));
        Values(desk, 70);
        desk.Sleep(TimeSpan.FromHours(3));
        desk.Observe(10, "killings", "threats", "courts");
        Assert.Equal(["Firing", "Resolved"], desk.Story);
    }

    [Fact]
    public void MinimumCoverage_TooLittleData_NeitherFiresNorResolves()
    {
        var desk = At(Samples.Above(60, change: threshold => threshold.MinimumCoverage = 0.9));
        desk.Observe(80, "killings", "threats");
        Assert.Empty(desk.Decided);
        desk.Sleep(s_minute);
        desk.Observe(80, "courts");
        Assert.Equal(["Firing"], desk.Story);
    }

    [Fact]
    public void MinimumProbability_NotSureEnough_DoesNotFire()
    {
        var desk = At(Samples.Above(60, "killings", threshold => threshold.MinimumProbability = 0.95));
        var unsure = Samples.Observation("killings", 65, desk.Now);
        unsure.StandardError = 10;
        desk.Record(unsure);
        Assert.Empty(desk.Decided);
        desk.Sleep(s_minute);
        var sure = Samples.Observation("killings", 65, desk.Now);
        sure.StandardError = 1;
        desk.Record(sure);
        Assert.Equal(["Firing"], desk.Story);
    }

    [Fact]
    public void MinimumProbability_OfTheScore_IsOfDrawsThatCanBeRepeated()
    {
        var desk = At(Samples.Above(60, change: threshold => threshold.MinimumProbability = 0.85));
        desk.Record(Unsure(desk, "courts", 55, 10), Unsure(desk, "killings", 55, 10), Unsure(desk, "threats", 55, 10));
        Assert.Empty(desk.Decided);
        desk.Sleep(s_minute);
        desk.Record(Unsure(desk, "courts", 70, 10), Unsure(desk, "killings", 70, 10), Unsure(desk, "threats", 70, 10));
        var breach = Assert.Single(desk.Decided);

        var expected = StateDistribution
            .Of(desk.Framework.Present, StateDistribution.DecisionDraws)
            .AtLeast(desk.Framework.Compiled.Root, 60);
        Assert.Equal(expected, breach.Probability);
        Assert.InRange(breach.Probability, 0.85, 0.999);
        Assert.InRange(breach.TargetValue, breach.Interval.Lower, breach.Interval.Upper);
        Assert.Equal(breach, desk.Fold().Thresholds.Watched[0].Breach);
    }

    [Fact]
    public void MinimumProbability_ErrorsNotStated_IsNotKnownAndDoesNotFire()
    {
        var desk = At(Samples.Above(60, change: threshold => threshold.MinimumProbability = 0.5));
        Values(desk, 95);
        Assert.Empty(desk.Decided);
    }

    [Fact]
    public void MinimumProbability_OfTheScoreNotReached_DoesNotFire()
    {
        var desk = At(Samples.Above(60, change: threshold => threshold.MinimumProbability = 0.95));
        desk.Record(Unsure(desk, "courts", 65, 30), Unsure(desk, "killings", 65, 30), Unsure(desk, "threats", 65, 30));
        Assert.True(desk.Score > 60);
        Assert.Empty(desk.Decided);
    }

    [Fact]
    public void Countries_OutOfScope_DoesNotFire()
    {
        var desk = At(Samples.Above(60, change: threshold => threshold.Countries.Add("XAB")));
        Values(desk, 90);
        Assert.Empty(desk.Decided);
    }

    [Fact]
    public void Node_OfAFactor_IsWatchedOnItsOwnScore()
    {
        var desk = At(Samples.Above(80, "violence"));
        desk.Observe(0, "courts", "killings", "threats");
        desk.Sleep(s_minute);
        desk.Observe(90, "killings", "threats");
        var breach = Assert.Single(desk.Decided);
        Assert.Equal(90, breach.TargetValue, 9);
        Assert.Equal("small/violence", breach.Cause);
        Assert.Equal(90, breach.Movements.Sum(movement => movement.Amount), 9);
    }

    [Fact]
    public void Backfill_ThatBecomesThePresent_WarnsOnlyWithTheNextLiveInput()
    {
        var desk = At(Samples.Above(60));
        desk.Observe(10, "killings", "threats", "courts");
        desk.Sleep(s_minute);
        desk.Record(
            [
                Samples.Observation("killings", 100, desk.Now),
                Samples.Observation("threats", 100, desk.Now),
                Samples.Observation("courts", 100, desk.Now),
            ],
            backfill: true
        );
        Assert.Equal(100, desk.Score);
        desk.Pass(TimeSpan.FromDays(1));
        Assert.Empty(desk.Decided);
        desk.Observe(100, "courts");
        Assert.Equal(["Firing"], desk.Story);
    }

    [Fact]
    public void Backfill_WhileFiring_DoesNotResolve()
    {
        var desk = At(Samples.Above(60));
        Values(desk, 90);
        desk.Sleep(s_minute);
        desk.Record(
            [
                Samples.Observation("killings", 0, desk.Now),
                Samples.Observation("threats", 0, desk.Now),
                Samples.Observation("courts", 0, desk.Now),
            ],
            backfill: true
        );
        desk.Pass(TimeSpan.FromDays(1));
        Assert.Equal(["Firing"], desk.Story);
    }

    [Fact]
    public void Backfill_JumpInTheScore_IsNoRise()
    {
        var desk = At(Rise(20, TimeSpan.FromDays(7)));
        Values(desk, 10);
        desk.Sleep(s_minute);
        desk.Record([Samples.Observation("killings", 90, desk.Now), Samples.Observation("threats", 90, desk.Now)], backfill: true);
        desk.Sleep(s_minute);
        desk.Observe(11, "courts");
        Assert.Empty(desk.Decided);
    }

    [Fact]
    public void Stale_ScoreFallsBecauseDataGoesOutOfDate_DoesNotResolve()
    {
        var catalogue = new FakeCatalogue().Put(Samples.Small(validity: TimeSpan.FromDays(10))).Put(Samples.Above(60));
        var desk = new Desk(catalogue);
        desk.Observe(100, "killings", "threats");
        desk.Pass(TimeSpan.FromDays(5));
        desk.Observe(30, "courts");
        Assert.Equal(["Firing"], desk.Story);
        desk.Pass(TimeSpan.FromDays(6));
        Assert.Equal(Samples.HalfKnown(30), desk.Score);
        Assert.Equal(0.5, desk.Framework.Present.Coverage, 9);
        desk.Observe(31, "courts");
        Assert.Equal(["Firing"], desk.Story);
        desk.Sleep(s_minute);
        desk.Observe(20, "killings", "threats");
        Assert.Equal(["Firing", "Resolved"], desk.Story);
    }

    [Fact]
    public void Stale_EverythingOutOfDate_KeepsFiring()
    {
        var desk = new Desk(new FakeCatalogue().Put(Samples.Small(validity: TimeSpan.FromDays(10))).Put(Samples.Above(60)));
        desk.Observe(100, "killings", "threats", "courts");
        desk.Pass(TimeSpan.FromDays(400));
        Assert.Null(desk.Score);
        Assert.Equal(["Firing"], desk.Story);
    }

    [Theory]
    [InlineData("edited", "watched no longer as it was, because the threshold was changed or disabled.")]
    [InlineData("disabled", "watched no longer as it was, because the threshold was changed or disabled.")]
    [InlineData("retired", "watched no longer, because the threshold was retired.")]
    [InlineData("retired with its framework", "watched no longer, because the threshold was retired with its framework.")]
    public void Catalogue_FiringThresholdChanges_EndsAsSupersededAndSaysWhy(string change, string why)
    {
        var desk = At(Samples.Above(60));
        Values(desk, 90);
        _ = change switch
        {
            "edited" => desk.Catalogue.Put(Samples.Above(95)),
            "disabled" => desk.Catalogue.Put(Samples.Above(60, change: threshold => threshold.Disabled = true)),
            "retired" => desk.Catalogue.Retire("alarm"),
            _ => desk.Catalogue.RetireFramework(Samples.Framework),
        };
        desk.Adopt();
        Assert.Equal(["Firing", "Superseded"], desk.Story);
        Assert.Equal(2, desk.Decided[1].Sequence);
        Assert.Contains(why, desk.Decided[1].Sentence, StringComparison.Ordinal);
        Assert.Contains("The danger did not pass by that: ", desk.Decided[1].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalogue_RetiredWhileItWaits_NeverFires()
    {
        var desk = At(Samples.Above(60, change: threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromHours(1))));
        Values(desk, 90);
        desk.Catalogue.RetireFramework(Samples.Framework);
        desk.Adopt();
        desk.Pass(TimeSpan.FromHours(2));
        Assert.Empty(desk.Story);
    }

    [Fact]
    public void Catalogue_EditedAndStillMet_FiresAnew()
    {
        var desk = At(Samples.Above(60));
        Values(desk, 90);
        desk.Catalogue.Put(Samples.Above(70));
        desk.Adopt();
        Assert.Equal(["Firing", "Superseded", "Firing"], desk.Story);
        Assert.Equal(2, desk.Decided.Select(breach => breach.Name).Distinct().Count());
    }

    [Fact]
    public void Catalogue_NewVersionScoresHigher_IsNoRise()
    {
        var desk = At(Rise(20, TimeSpan.FromDays(7)));
        desk.Record(
            Samples.Observation("killings", 10, desk.Now),
            Samples.Observation("threats", 10, desk.Now),
            Samples.Observation("courts", 100, desk.Now)
        );
        var before = desk.Score;
        desk.Catalogue.Put(Samples.Small(version: 2, courts: 9));
        desk.Adopt();
        Assert.True(desk.Score > before + 30);
        desk.Sleep(s_minute);
        desk.Observe(11, "killings");
        Assert.Empty(desk.Decided);
    }

    private static V1.Observation Unsure(Desk desk, string indicator, double value, double error)
    {
        var observation = Samples.Observation(indicator, value, desk.Now);
        observation.StandardError = error;
        return observation;
    }

    private static Desk At(V1.Threshold threshold) => new(new FakeCatalogue().Put(Samples.Small()).Put(threshold));

    private static V1.Threshold Rise(double by, TimeSpan window) =>
        Samples.Above(by, change: threshold =>
            (threshold.Condition, threshold.Window) = (V1.Condition.Rise, Duration.FromTimeSpan(window))
        );

    private static void Values(Desk desk, params double[] values)
    {
        foreach (var value in values)
        {
            desk.Sleep(s_minute);
            desk.Observe(value, "killings", "threats", "courts");
        }
    }
}
