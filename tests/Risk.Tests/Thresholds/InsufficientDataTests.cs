using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Thresholds;

/// <summary>
/// Too little data for the index: what is covered is watched as ever, what is not is not known, and what fires goes on firing.
/// </summary>
public sealed class InsufficientDataTests
{
    [Fact]
    public void Node_CoveredWhileTheIndexIsNot_FiresWithoutAScoreOfTheCountry()
    {
        var country = At(Samples.Above(60, "violence"));
        country.Observe(90, "killings", "threats");
        Assert.Null(country.Score);
        var breach = Assert.Single(country.Decided);
        Assert.Equal(("violence", "Violence", 90), (breach.Target, breach.TargetName, breach.TargetValue));
        Assert.False(breach.HasScore);
        Assert.Equal(("", "high", "violence"), (breach.Level, breach.LevelAtLeast, breach.DecidingNode));
        Assert.Equal((1.0, 2, 1), (breach.Coverage, breach.Observations, breach.Sources));
    }

    [Fact]
    public void Node_WithoutAScoreBefore_NamesWhatCameWithoutACountedRiseFromZero()
    {
        var country = At(Samples.Above(60, "violence"));
        country.Observe(90, "killings", "threats");
        var movements = Assert.Single(country.Decided).Movements;
        Assert.Equal(["killings", "threats"], movements.Select(movement => movement.Indicator).Order());
        Assert.All(movements, movement => Assert.False(movement.HasAmount || movement.HasValueBefore));
        Assert.All(movements, movement => Assert.Equal(90, movement.ValueAfter));
    }

    [Fact]
    public void Index_BelowItsFloor_IsUnknownHoweverHighItsPartsAre()
    {
        var country = At(Samples.Above(10));
        country.Observe(100, "killings", "threats");
        Assert.Empty(country.Decided);
        country.Sleep(TimeSpan.FromMinutes(1));
        country.Observe(100, "courts");
        Assert.Equal(["Firing"], country.Story);
    }

    [Fact]
    public void Level_ReachedByANamedNode_FiresBelowTheFloorAndIsNotClearedBySilence()
    {
        var country = At(Level("high"));
        country.Observe(90, "killings", "threats");
        var breach = Assert.Single(country.Decided);
        Assert.Equal(("violence", 90), (breach.Target, breach.TargetValue));
        country.Pass(TimeSpan.FromDays(400));
        country.Observe(50, "courts");
        Assert.Equal(["Firing"], country.Story);
        country.Sleep(TimeSpan.FromMinutes(1));
        country.Observe(10, "killings", "threats");
        Assert.Equal(["Firing", "Resolved"], country.Story);
        Assert.Equal(10, country.Decided[1].EndTargetValue);
    }

    [Fact]
    public void Level_NotReachedByWhatIsKnown_IsUnknownBelowTheFloor()
    {
        var country = At(Level("high"));
        country.Observe(10, "killings", "threats");
        Assert.Empty(country.Decided);
        Assert.Equal((-1, 0), (country.Framework.Present.LevelIndex, country.Framework.Present.LevelAtLeast));
    }

    [Fact]
    public void Firing_DataGoOutOfDateUntilTheyAreInsufficient_GoesOnFiring()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small(validity: TimeSpan.FromDays(10))).Put(Samples.Above(60)));
        country.Observe(90, "killings", "threats", "courts");
        country.Pass(TimeSpan.FromDays(30));
        Assert.Null(country.Score);
        Assert.Equal(["Firing"], country.Story);
    }

    [Fact]
    public void Level_OfTheCountry_IsTheHighestAndNamesItsNode()
    {
        var country = At(Samples.Above(99));
        country.Observe(0, "courts");
        country.Observe(70, "killings", "threats");
        var present = country.Framework.Present;
        Assert.Equal(35, present.Score);
        Assert.Equal(
            ("high", "violence"),
            (present.Framework.Model.Bands[present.LevelIndex].Name, present.Framework.Nodes[present.DecidingNode].Code)
        );
    }

    private static CountryDriver At(V1.Threshold threshold) => new(new FakeCatalogue().Put(Samples.Levelled()).Put(threshold));

    private static V1.Threshold Level(string level) => Samples.Above(0, change: threshold =>
        {
            threshold.ClearValue();
            (threshold.Condition, threshold.Level) = (V1.Condition.Level, level);
        });
}
