using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty;
using static EarlyWarning.Engine.Tests.Infrastructure.Draws;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Uncertainty;

public class RankingComparisonTests
{
    private static readonly CompiledFramework _framework = CompiledFramework.Compile(
        Framework(Node("index", new RenormaliseWeights(0), Leaf("a"), Leaf("b", 3)))
    );

    private static readonly CountryValues[] _countries =
    [
        Country("A", ("a", 80, 0), ("b", 40, 0)),
        Country("B", ("a", 20, 0), ("b", 60, 0)),
        Country("C", ("a", 50, 0), ("b", 20, 0)),
        Country("D"),
    ];

    [Fact]
    public void OneAtATime_EveryOption_IsBesideTheFrameworkAsItIs()
    {
        // As it is: 50, 50, 27.5. Equal weights: 60, 40, 35. Without b: 80, 20, 50.
        var effects = RankingComparison.OneAtATime(
            _framework,
            [
                new("weights", [MethodOption.AsIs(), MethodOption.OfTree("equal", tree => tree.WithWeighting(Weighting.Equal))]),
                new("indicators", [MethodOption.OfTree("without b", tree => tree.Without("b"))]),
                new("aggregation", [MethodOption.OfTree("geometric", tree => tree.WithAggregation(Aggregation.Geometric))]),
            ],
            [.. _countries]
        );

        Assert.Equal(
            [("weights", "nominal"), ("weights", "equal"), ("indicators", "without b"), ("aggregation", "geometric")],
            effects.Select(effect => (effect.Choice, effect.Option))
        );
        Assert.Equal((0, 0, 1.0, 0), Figures(effects[0]));
        Assert.Equal((1.0 / 3, 1, Math.Round(Math.Sqrt(3) / 2, 12), 0), Figures(effects[1]));
        Assert.Equal(new ScoreShift("B", 50, 40, 1, 2, 1, 1), effects[1].Comparison!.Countries[1]);
        Assert.Equal(new ScoreShift("D", null, null, null, null, -1, -1), effects[1].Comparison!.Countries[3]);

        // A from 1 to 1, B from 1 to 3, C from 3 to 2; and all three change their level.
        Assert.Equal(
            (1, 2, 0, 3),
            (
                effects[2].Comparison!.MeanAbsoluteShift,
                effects[2].Comparison!.LargestShift,
                effects[2].Comparison!.Spearman,
                effects[2].Comparison!.LevelChanges
            )
        );
        Assert.Equal(0, effects[2].Comparison!.Kendall, 1e-12);
        Assert.Null(effects[3].Comparison);
        Assert.Equal("root.aggregation", effects[3].Errors[0].Path);
    }

    [Fact]
    public void Of_CountryThatLosesItsScore_ChangesItsLevelAndShiftsNothing()
    {
        var strict = CompiledFramework.Compile(Framework(Node("index", new RefuseIncomplete(), Leaf("a"), Leaf("b", 3))));
        CountryValues[] countries = [Country("A", ("a", 80, 0)), Country("B", ("a", 20, 0), ("b", 60, 0))];

        var comparison = RankingComparison.Of(_framework, strict, [.. countries]);

        Assert.Equal((1, 1, 1.0), (comparison.LevelChanges, comparison.LargestShift, comparison.MeanAbsoluteShift));
        Assert.Equal(double.NaN, comparison.Spearman);
    }

    private static (double, int, double, int) Figures(ChoiceEffect effect) =>
        (
            effect.Comparison!.MeanAbsoluteShift,
            effect.Comparison.LargestShift,
            Math.Round(effect.Comparison.Spearman, 12),
            effect.Comparison.LevelChanges
        );
}
