using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Construction.Analysis;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Sets;

namespace EarlyWarning.Engine.Tests.Construction;

/// <summary>What is told of a built index. Figures computed by COINr 1.1.14 where it says so.</summary>
public class AnalysisTests
{
    private static readonly string[] _codes = ["a", "b", "c", "d"];

    private static readonly CompositeFramework _framework = Over(
        Of(
            ("a", [1, 2, 3, 4, 5, 6, 7, 9]),
            ("b", [2, 1, NaN, 3, 6, 5, 8, 7]),
            ("c", [1, NaN, 2, 4, 3, NaN, 6, 9]),
            ("d", [3, 1, 2, 6, 4, 5, 9, 8])
        ),
        [
            Trees.Node("p", new RenormaliseWeights(0), Leaf("a", 1), Leaf("b", 3)) with
            {
                Weight = 2,
            },
            Trees.Node("q", new RenormaliseWeights(0), Leaf("c", 1), Leaf("d", 1)),
        ]
    );

    private static readonly ConstructedIndex _built = IndexConstruction.Construct(_framework);

    [Fact]
    public void Of_Indicator_EqualsCoinrsStatistics()
    {
        var c = IndicatorSummary.Of(_built.Denominated)[2];

        Assert.Equal(("c", 8, 6, 6, 6, 1), (c.Code, c.Units, c.Available, c.NonZero, c.Unique, c.Same));
        AssertNear(
            [1, 9, 4.16666666666667, 3.5, 2.92688685580203, 0.904002965349381, 0.25026873987494],
            [c.Minimum, c.Maximum, c.Mean, c.Median, c.Deviation, c.Shape.Skewness, c.Shape.Kurtosis]
        );
        Assert.False(c.HasOutliers(new ShapeTest()));
        Assert.True(c.HasOutliers(new ShapeTest(0.5, 0.2)));
    }

    [Fact]
    public void Of_TiesAndZeros_AreCounted()
    {
        var x = Assert.Single(IndicatorSummary.Of(IndexConstruction.Construct(One([0, 3, 0, 3, 3, 5, NaN])).Denominated));

        Assert.Equal((7, 6, 4, 3, 3), (x.Units, x.Available, x.NonZero, x.Unique, x.Same));
    }

    [Fact]
    public void Correlate_IndicatorsWithGaps_EqualsCoinrsSpearman()
    {
        var table = IndexAnalysis.Correlate(_built, _codes, _codes, CorrelationKind.Spearman);

        AssertNear([1, 0.892857142857143, 0.942857142857143, 0.833333333333333], Column(table, "a"));
        AssertNear([0.942857142857143, 0.8, 1, 0.885714285714286], Column(table, "c"));
        Assert.Equal(_codes, table.Units);
    }

    [Fact]
    public void Correlate_LevelWithLevel_TakesTheNodes()
    {
        var table = IndexAnalysis.Correlate(_built, FrameworkLevels.CodesAt(_framework, 3), FrameworkLevels.CodesAt(_framework, 2));

        Assert.Equal(["p", "q"], table.Codes);
        Assert.Equal(["index"], table.Units);
        Assert.InRange(table[0, 0], 0.9, 1);
        Assert.Throws<ArgumentException>(() => IndexAnalysis.Correlate(_built, ["nowhere"], _codes));
    }

    [Fact]
    public void CronbachAlpha_IndicatorsWithGaps_EqualsCoinr() =>
        Assert.Equal(0.965814809646985, IndexAnalysis.CronbachAlpha(_built.Denominated, _codes), 1e-12);

    [Fact]
    public void EffectiveWeights_Tree_AreProductsDownIt()
    {
        var shares = IndexAnalysis.EffectiveWeights(_built);

        Assert.Equal(1, shares["index"]);
        AssertNear([2.0 / 3, 1.0 / 3], [shares["p"], shares["q"]]);
        AssertNear([2.0 / 12, 6.0 / 12, 1.0 / 6, 1.0 / 6], [.. _codes.Select(code => shares[code])]);
        Assert.Equal(1, _codes.Sum(code => shares[code]), 1e-12);
    }

    [Fact]
    public void Of_Units_CountsWhatTheyHaveByNode()
    {
        var rows = DataAvailability.Of(_framework, _built.Denominated);

        Assert.Equal(("B", 1, 0, 0.75, 1.0), (rows[1].Unit, rows[1].Missing, rows[1].Zeros, rows[1].Available, rows[1].NonZero));
        Assert.Equal((1, 0.5, 0.75), (rows[1].Nodes["p"], rows[1].Nodes["q"], rows[1].Nodes["index"]));
    }

    [Fact]
    public void CodesAt_Levels_AreThoseOfTheTreeFromBelow()
    {
        Assert.Equal(3, FrameworkLevels.Count(_framework));
        Assert.Equal(_codes, FrameworkLevels.CodesAt(_framework, 1));
        Assert.Equal(["index"], FrameworkLevels.CodesAt(_framework, 3));
        Assert.Empty(FrameworkLevels.CodesAt(_framework, 4));
    }

    private static Leaf Leaf(string code, double weight) =>
        new()
        {
            Code = code,
            Weight = weight,
            Normalisation = new MinMax(),
        };
}
