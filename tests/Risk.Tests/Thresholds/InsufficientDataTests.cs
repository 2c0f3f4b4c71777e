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
        var desk = At(Samples.Above(60, "violence"));
        desk.Observe(90, "killings", "threats");
        Assert.Null(desk.Score);
        var breach = Assert.Single(desk.Decided);
        Assert.Equal(("violence", "Violence", 90), (breach.Target, breach.TargetName, breach.TargetValue));
        Assert.False(breach.HasScore);
        Assert.Equal(("", "high", "violence"), (breach.Level, breach.LevelAtLeast, breach.DecidingNode));
        Assert.Equal((1.0, 2, 1), (breach.Coverage, breach.Observations, breach.Sources));
    }

    [Fact]
    public void Node_WithoutAScoreBefore_NamesWhatCameWithoutACountedRiseFromZero()
    {
        var desk = At(Samples.Above(60, "violence"));
        desk.Observe(90, "killings", "threats");
        var movements = Assert.Single(desk.Decided).Movements;
        Assert.Equal(["killings", "threats"], movements.Select(movement => movement.Indicator).Order());
        Assert.All(movements, movement => Assert.False(movement.HasAmount || movement.HasValueBefore));
        Assert.All(movements, movement => Assert.Equal(90, movement.ValueAfter));
    }

    [Fact]
    public void Index_BelowItsFloor_IsUnknownHoweverHighItsPartsAre()
    {
        var desk = At(Samples.Above(10));
        desk.Observe(100, "killings", "threats");
        Assert.Empty(desk.Decided);
        desk.Sleep(TimeSpan.FromMinutes(1));
        desk.Observe(100, "courts");
        Assert.Equal(["Firing"], desk.Story);
    }

    [Fact]
    public void Level_ReachedByANamedNode_FiresBelowTheFloorAndIsNotClearedBySilence()
    {
        var desk = At(Level("high"));
        desk.Observe(90, "killings", "threats");
        var breach = Assert.Single(desk.Decided);
        Assert.Equal(("violence", 90), (breach.Target, breach.TargetValue));
        desk.Pass(TimeSpan.FromDays(400));
        desk.Observe(50, "courts");
        Assert.Equal(["Firing"], desk.Story);
        desk.Sleep(TimeSpan.FromMinutes(1));
        desk.Observe(10, "killings", "threats");
        Assert.Equal(["Firing", "Resolved"], desk.Story);
        Assert.Equal(10, desk.Decided[1].EndTargetValue);
    }

    [Fact]
    public void Level_NotReachedByWhatIsKnown_IsUnknownBelowTheFloor()
    {
        var desk = At(Level("high"));
        desk.Observe(10, "killings", "threats");
        Assert.Empty(desk.Decided);
        Assert.Equal((-1, 0), (desk.Framework.Present.LevelIndex, desk.Framework.Present.LevelAtLeast));
    }

    [Fact]
    public void Firing_DataGoOutOfDateUntilTheyAreInsufficient_GoesOnFiring()
    {
        var desk = new Desk(new FakeCatalogue().Put(Samples.Small(validity: TimeSpan.FromDays(10))).Put(Samples.Above(60)));
        desk.Observe(90, "killings", "threats", "courts");
        desk.Pass(TimeSpan.FromDays(30));
        Assert.Null(desk.Score);
        Assert.Equal(["Firing"], desk.Story);
    }

    [Fact]
    public void Level_OfTheCountry_IsTheHighestAndNamesItsNode()
    {
        var desk = At(Samples.Above(99));
        desk.Observe(0, "courts");
        desk.Observe(70, "killings", "threats");
        var present = desk.Framework.Present;
        Assert.Equal(35, present.Score);
        Assert.Equal(
            ("high", "violence"),
            (present.Framework.Model.Bands[present.LevelIndex].Name, present.Framework.Nodes[present.DecidingNode].Code)
        );
    }

    private static Desk At(V1.Threshold threshold) => new(new FakeCatalogue().Put(Samples.Levelled()).Put(threshold));

    private static V1.Threshold Level(string level) => Samples.Above(0, change: threshold =>
        {
            threshold.ClearValue();
            (threshold.Condition, threshold.Level) = (V1.Condition.Level, level);
        });
}
