using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.States;

/// <summary>Every aggregation and the mirror of every scale, worked by hand.</summary>
public class AggregationTests
{
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);

    public static TheoryData<Aggregation, double> Means =>
        new()
        {
            // 20, 30 and 60 with weights 1, 2 and 1.
            { Aggregation.Arithmetic, 35 },
            { Aggregation.Harmonic, 4 / ((1.0 / 20) + (2.0 / 30) + (1.0 / 60)) },
            { Aggregation.Geometric, Math.Pow(20.0 * 30 * 30 * 60, 0.25) },
            { new GeneralisedMean(2), Math.Sqrt((400 + 1800 + 3600) / 4.0) },
            { new GeneralisedMean(-2), Math.Pow(((1.0 / 400) + (2.0 / 900) + (1.0 / 3600)) / 4, -0.5) },
            { new GeneralisedMean(1), 35 },
            { new MinimumChild(), 20 },
            { new MaximumChild(), 60 },
            { new MedianChild(), 30 },
        };

    [Theory]
    [MemberData(nameof(Means))]
    public void Score_ThreeChildren_IsThatOfTheMethod(Aggregation aggregation, double expected)
    {
        var posts = new Goalposts(1, 100);
        var root = Node(
            "index",
            _skip,
            Leaf("a", 1, normalisation: posts),
            Leaf("b", 2, normalisation: posts),
            Leaf("c", 1, normalisation: posts)
        );

        var state = State(Framework(root with { Aggregation = aggregation }, scaleFloor: 1), ("a", 20), ("b", 30), ("c", 60));

        Assert.Equal(expected, state.Score!.Value, 1e-12);
    }

    [Theory]
    [InlineData(1, 1, 1, 1, 45)] // equal weights, an even number: the mean of the two in the middle
    [InlineData(1, 1, 1, 0, 40)] // one without a weight: three are left
    [InlineData(1, 1, 2, 4, 65)] // 20, 40 and 50 reach half exactly: the mean of 50 and 80
    [InlineData(0.1, 0.2, 0.3, 0.6, 65)] // the same in tenths, which no double holds exactly
    [InlineData(5, 1, 1, 1, 20)] // the least alone has more than half
    public void Score_Median_IsWhereTheWeightsReachHalf(double a, double b, double c, double d, double expected)
    {
        var root = Node("index", _skip, Leaf("b", b), Leaf("d", d), Leaf("a", a), Leaf("c", c)) with { Aggregation = new MedianChild() };

        Assert.Equal(expected, State(Framework(root), ("a", 20), ("b", 40), ("c", 50), ("d", 80)).Score!.Value, 1e-12);
    }

    [Theory]
    [InlineData(true, null, 1)]
    [InlineData(true, "C", 2)]
    [InlineData(false, null, 400.0 / 6)]
    [InlineData(false, "C", 500.0 / 6)]
    public void Score_Copeland_CountsDuels(bool ownScale, string? unit, double expected)
    {
        // Weights 1, 1, 2. A (10, 10, 10), B (30, 50, 10), C (40, 30, 60), D (90, 90, 30); the country (40, 60, 35).
        // A and B: all won. C: ½ + 1 + 0 of 4, lost. D: the third alone, 2 of 4, level. So 2 − 1 outside the set; as C it does not meet C.
        // On 0 to 100 the number goes from −3 to 3.
        var set = new ReferenceSet(
            [new("A"), new("B"), new("C"), new("D")],
            ["a", "b", "c"],
            [10, 10, 10, 30, 50, 10, 40, 30, 60, 90, 90, 30]
        );
        var root = Node("index", _skip, Leaf("a"), Leaf("b"), Leaf("c", 2)) with { Aggregation = new Copeland(ownScale) };
        var state = new ScoreState(
            CompiledFramework.Compile(Framework(root) with { Reference = set }),
            unit is null ? null : new ReferenceUnit(unit)
        );
        state.Set(0, 40);
        state.Set(1, 60);
        state.Set(2, 35);
        state.Update();

        Assert.Equal(expected, state.Score!.Value, 1e-12);
    }

    [Fact]
    public void Score_CopelandWithAGap_IsNeitherVictoryNorDefeat()
    {
        // Weights 1 and 2; b is missing. By a alone two are beaten, one is level outside the set, and one beats it: 1 of −3 to 3, unit (1 +
        // 3) / 6. a counts for n = 1; the missing two thirds stand at (4/6 + ½) / 2 = 0.58333, which is 0.5.
        var set = new ReferenceSet([new("A"), new("B"), new("C"), new("D")], ["a", "b"], [10, 10, 90, 90, 50, 50, 5, 5]);
        var root = Node("index", _skip, Leaf("a"), Leaf("b", 2)) with { Aggregation = new Copeland(OwnScale: true) };
        var compiled = CompiledFramework.Compile(Framework(root) with { Reference = set });

        Assert.Equal((1 + (2 * 0.5)) / 3, Score(null), 1e-12);
        Assert.Equal((1 + (2 * 0.5)) / 3, Score(new ReferenceUnit("C")), 1e-12);

        double Score(ReferenceUnit? unit)
        {
            var state = new ScoreState(compiled, unit);
            state.Set(0, 50);
            state.Update();
            return state.AggregateOf(0);
        }
    }

    [Fact]
    public void Score_CopelandAtTheWorstWhereverMeasured_StaysNearTheTopInAnyOrderOfRows()
    {
        ReferenceUnit[] units = [new("A"), new("B"), new("C"), new("D"), new("X")];
        double[][] rows =
        [
            [20, 30, 40],
            [60, 10, 70],
            [35, 80, 5],
            [50, 50, 50],
            [100, double.NaN, 100],
        ];
        var scores = new[] { new[] { 0, 1, 2, 3, 4 }, [4, 3, 2, 1, 0], [2, 4, 0, 3, 1] }
            .Select(order =>
            {
                var set = new ReferenceSet(
                    [.. order.Select(unit => units[unit])],
                    ["a", "b", "c"],
                    order.SelectMany(unit => rows[unit]).ToArray()
                );
                var root = Node("index", _skip, Leaf("a"), Leaf("b"), Leaf("c")) with { Aggregation = new Copeland() };
                var state = new ScoreState(CompiledFramework.Compile(Framework(root) with { Reference = set }), new ReferenceUnit("X"));
                state.Set(0, 100);
                state.Set(2, 100);
                state.Update();
                return state.Score!.Value;
            })
            .ToArray();

        Assert.InRange(scores[0], 90, 100);
        Assert.All(scores, score => Assert.Equal(scores[0], score));
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.6, false)]
    public void Score_PresenceFloor_CountsChildrenOneByOne(double floor, bool hasScore)
    {
        // Two of four children are there, with a tenth of the weight.
        var root = Node("index", new RenormaliseWeights(0) { PresenceFloor = floor }, Leaf("a"), Leaf("b"), Leaf("c", 9), Leaf("d", 9));

        Assert.Equal(hasScore, State(Framework(root), ("a", 10), ("b", 30)).Score is not null);
    }

    [Fact]
    public void Score_EqualWeighting_TakesNoHeedOfWeights()
    {
        var root = Node("index", _skip, Leaf("a"), Leaf("b", 9)) with { Weighting = Weighting.Equal };

        var state = State(Framework(root), ("a", 10), ("b", 30));

        Assert.Equal(20, state.Score);
        Assert.Equal([0.5, 0.5], state.Framework.Leaves.Select(leaf => leaf.EffectiveWeight));
    }

    public static TheoryData<Normalisation, double, double> Mirrors =>
        new()
        {
            // A node over a = 3 beside a set of 2, 2.5, 6.5 and 7: its own score, and what its parent takes of it.
            {
                new MinMax(2, 7) { OwnScale = true },
                3,
                6
            }, // 2 + 5 · 1/5; 2 + 7 − 3
            {
                new Ranking { OwnScale = true },
                3,
                2
            }, // two lower of four; 1 + 4 − 3
            { new ZScore(), -1.5 / Math.Sqrt(20.5 / 3), 1.5 / Math.Sqrt(20.5 / 3) }, // no ends: turned about 0
            { new AsIs(), 3, -3 },
            { new Goalposts(0, 10), 30, 70 },
        };

    [Theory]
    [MemberData(nameof(Mirrors))]
    public void Score_NodeThatLowers_IsTurnedOnItsOwnScale(Normalisation normalisation, double inner, double outer)
    {
        var set = new ReferenceSet([new("A"), new("B"), new("C"), new("D")], ["a"], [2, 2.5, 6.5, 7]);
        var root = Node("index", _skip, Node("r", _skip, Leaf("a", normalisation: normalisation)) with { Direction = Direction.Lowers });

        var state = State(Framework(root) with { Reference = set }, ("a", 3));

        Assert.Equal(inner, state.NodeScore(0)!.Value, 1e-12);
        Assert.Equal(outer, state.Score!.Value, 1e-12);
    }
}
