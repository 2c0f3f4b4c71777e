using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;
using static EarlyWarning.Engine.Tests.Infrastructure.Sets;

namespace EarlyWarning.Engine.Tests.Construction;

/// <summary>Children that become one value, with and without gaps.</summary>
public class AggregationTests
{
    /// <summary>Computed by COINr 1.1.14 for 2, 4, (a gap of weight 3,) 8 with weights 1, 2, 1; the median by hand.</summary>
    public static TheoryData<Aggregation, double> Coinr =>
        new()
        {
            { Aggregation.Arithmetic, 4.5 },
            { Aggregation.Geometric, 4 },
            { Aggregation.Harmonic, 3.55555555555556 },
            { new GeneralisedMean(2), 5 },
            { new GeneralisedMean(-2), 3.2 },
            { new MedianChild(), 4 },
            { new MinimumChild(), 2 },
            { new MaximumChild(), 8 },
        };

    [Theory]
    [MemberData(nameof(Coinr), DisableDiscoveryEnumeration = true)]
    public void Construct_NodeWithAGap_GivesItsWeightToTheOthers(Aggregation aggregation, double expected)
    {
        Assert.Equal(expected, Averages.Of(aggregation, [2, 4, 8], [1, 2, 1]), 1e-13);
        var set = Of(("a", [2, 3]), ("b", [4, 3]), ("c", [NaN, 3]), ("d", [8, 3]));
        var framework = Over(set, [Plain("a", 1), Plain("b", 2), Plain("c", 3), Plain("d", 1)]);

        var built = IndexConstruction.Construct(framework with { Root = framework.Root with { Aggregation = aggregation } });

        AssertNear([expected, 3], Column(built.Nodes, "index"));
        AssertNear([4.0 / 7, 1], Column(built.Coverage, "index"));
    }

    [Theory]
    [InlineData(new double[] { 1, 1, 1 }, 4)] // the middle one
    [InlineData(new double[] { 1, 1, 0 }, 3)] // two of equal weight: their middle
    [InlineData(new double[] { 1, 1, 2 }, 6)] // 2 and 4 are exactly half
    [InlineData(new double[] { 1, 2, 4 }, 8)]
    [InlineData(new double[] { 5, 2, 2 }, 2)]
    [InlineData(new double[] { 0.1, 0.2, 0.3 }, 6)] // half on paper, not in floating point
    public void Median_Weights_DecideWhereTheMiddleIs(double[] weights, double expected) =>
        Assert.Equal(expected, OrderStatistics.Median([2, 4, 8], weights), 1e-12);

    [Fact]
    public void Of_AnyValues_LiesBetweenTheExtremesAndRisesWithThem() =>
        Gen.Select(Gen.Double[0.1, 100].Array[1, 6], Gen.Double[0.1, 3].Array[6], Gen.Int[0, 7], Gen.Int[0, 5], Gen.Double[0, 50])
            .Sample(
                (values, weights, kind, child, more) =>
                {
                    Aggregation aggregation = kind switch
                    {
                        0 => Aggregation.Arithmetic,
                        1 => Aggregation.Geometric,
                        2 => Aggregation.Harmonic,
                        3 => new GeneralisedMean(3),
                        4 => new GeneralisedMean(-0.5),
                        5 => new MedianChild(),
                        6 => new MinimumChild(),
                        _ => new MaximumChild(),
                    };
                    double[] raised = [.. values.Select((value, i) => i == child % values.Length ? value + more : value)];

                    var before = Averages.Of(aggregation, values, weights.AsSpan(0, values.Length));
                    var after = Averages.Of(aggregation, raised, weights.AsSpan(0, values.Length));

                    Assert.InRange(before, values.Min() - 1e-9, values.Max() + 1e-9);
                    Assert.True(after >= before - 1e-9);
                }
            );

    [Fact]
    public void Construct_CopelandWithGaps_ComparesOverWhatBothHave()
    {
        // Only the order counts, so whatever normalises the columns; gaps in C and D, which COINr's a_copeland gives to the later unit.
        var set = Of(("a", [30, 44, NaN, 200, 16, 64, 50, 10000]), ("b", [5, 3, 8, NaN, 1, 5, 2, 9]), ("c", [2, 2, 7, 4, 9, 5, 3, 1]));
        var framework = Over(set, [Plain("a", 1), Plain("b", 3) with { Direction = Direction.Lowers }, Plain("c", 2)]);
        double[][] rows =
        [
            [30, -5, 2],
            [44, -3, 2],
            [NaN, -8, 7],
            [200, NaN, 4],
            [16, -1, 9],
            [64, -5, 5],
            [50, -2, 3],
            [10000, -9, 1],
        ];
        var expected = NaiveMethods.Copeland(rows, [1, 3, 2]);

        var own = IndexConstruction.Construct(framework with { Root = framework.Root with { Aggregation = new Copeland(OwnScale: true) } });
        var scaled = IndexConstruction.Construct(
            framework with
            {
                Root = framework.Root with { Aggregation = new Copeland() },
                ScaleFloor = 10,
            }
        );

        AssertNear(expected, Column(own.Nodes, "index"));
        AssertNear([.. expected.Select(count => 10 + (90 * (count + 7) / 14))], Column(scaled.Nodes, "index"));
    }

    [Fact]
    public void Count_AnyTable_EqualsNaiveImplementation() =>
        Gen.Select(Gen.Int[2, 12], Gen.Int[1, 5], Gen.Int[0, 1_000_000])
            .Sample(
                (units, children, seed) =>
                {
                    var random = new Random(seed);
                    double[][] rows =
                    [
                        .. Enumerable
                            .Range(0, units)
                            .Select(_ => Enumerable.Range(0, children).Select(_ => random.Next(5) == 0 ? NaN : random.Next(4)).ToArray()),
                    ];
                    double[] weights = [.. Enumerable.Range(0, children).Select(_ => (double)random.Next(1, 4))];
                    var table = new CopelandTable(units, children, [.. rows.SelectMany(row => row)]);

                    AssertNear(NaiveMethods.Copeland(rows, weights), [.. rows.Select((row, i) => table.Count(row, weights, i))]);
                }
            );

    [Fact]
    public void Count_CountryOutsideTheSet_MeetsEveryUnit()
    {
        var table = new CopelandTable(3, 2, [1, 1, 2, 2, NaN, 3]);

        Assert.Equal(3, table.Count([9, 9], [1, 2]));
        Assert.Equal(-3, table.Count([0, 0], [1, 2]));

        // 2 and a gap: above the first, level with the second, and nothing in common with the third: one of two, taken up to three.
        Assert.Equal(1.5, table.Count([2, NaN], [1, 2]));
        Assert.Equal(NaN, table.Count([NaN, NaN], [1, 2]));
    }

    [Fact]
    public void Construct_PresenceFloor_CountsChildrenAndNotWeights()
    {
        var set = Of(("a", [2, 3]), ("b", [4, 3]), ("c", [NaN, 3]));
        CompositeFramework With(MissingDataPolicy policy)
        {
            var framework = Over(set, [Plain("a", 1), Plain("b", 2), Plain("c", 97)]);
            return framework with { Root = framework.Root with { Missing = policy } };
        }

        double Score(MissingDataPolicy policy) => IndexConstruction.Construct(With(policy)).Scores()[0];

        Assert.Equal(10.0 / 3, Score(new RenormaliseWeights(0) { PresenceFloor = 2.0 / 3 }), 1e-12);
        Assert.True(double.IsNaN(Score(new RenormaliseWeights(0) { PresenceFloor = 0.7 })));
        Assert.True(double.IsNaN(Score(new RenormaliseWeights(0.1))));
        Assert.Equal(10.0 / 3, Score(new RenormaliseWeights(0.03)), 1e-12);
        Assert.True(double.IsNaN(Score(new RefuseIncomplete())));
        Assert.Equal(((1 * 2) + (2 * 4) + (97 * 50)) / 100.0, Score(new HoldValue(50)), 1e-12);
    }

    [Fact]
    public void Construct_NodeThatLowers_CountsTurnedInItsParent()
    {
        var resilience = Trees.Node("r", new RenormaliseWeights(0), Plain("a", 1)) with { Direction = Direction.Lowers };
        var onScale = Trees.Node("s", new RenormaliseWeights(0), new Leaf { Code = "b", Normalisation = new MinMax() }) with
        {
            Direction = Direction.Lowers,
        };

        var built = IndexConstruction.Construct(Over(Of(("a", [2, 3, 5]), ("b", [0, 1, 4])), [resilience, onScale], scaleFloor: 10));

        // A scale without ends is turned about 0, one of 10 to 100 about its middle.
        AssertNear([2, 3, 5], Column(built.Nodes, "r"));
        AssertNear([10, 32.5, 100], Column(built.Nodes, "s"));
        AssertNear([(-2 + 100) / 2.0, (-3 + 77.5) / 2, (-5 + 10) / 2.0], Column(built.Nodes, "index"));
    }

    private static Leaf Plain(string code, double weight) =>
        new()
        {
            Code = code,
            Weight = weight,
            Normalisation = new AsIs(),
        };
}
