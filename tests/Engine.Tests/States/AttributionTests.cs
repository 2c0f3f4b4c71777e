using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.States;

/// <summary>Contributions and changes worked by hand.</summary>
public class AttributionTests
{
    private const double Exact = 1e-9;
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);

    [Fact]
    public void Contributions_ArithmeticTree_AreWeightTimesScore()
    {
        // index = (3·f + 1·r') / 4 with f = (40 + 80) / 2 = 60 and resilience r = 30, mirrored 70: (180 + 70) / 4 = 62.5.
        // a: 3/4·1/2·40 = 15; b: 3/4·1/2·80 = 30; lack of resilience c: 1/4·70 = 17.5. Together 62.5.
        var state = State(
            Framework(
                Node(
                    "index",
                    _skip,
                    Node("f", _skip, Leaf("a"), Leaf("b")) with
                    {
                        Weight = 3,
                    },
                    Node("r", _skip, Leaf("c")) with
                    {
                        Direction = Direction.Lowers,
                    }
                )
            ),
            ("a", 40),
            ("b", 80),
            ("c", 30)
        );

        Assert.Equal(62.5, state.Score!.Value, Exact);
        Assert.True(state.Framework.TryGetNode("r", out var resilience));
        Assert.Equal(30, state.NodeScore(resilience)!.Value, Exact);
        Assert.Equal([15, 30, 17.5], Contributions(state), (expected, actual) => Math.Abs(expected - actual) < Exact);
    }

    [Fact]
    public void Contributions_GeometricMean_AreShapleyValues()
    {
        // Scale 1 to 100, equal weights, scores 4 and 25: sqrt(4·25) = 10. Baseline 1. a alone makes sqrt 4 = 2, b alone sqrt 25 = 5.
        // a: half of (2 − 1) + (10 − 5) = 3; b: half of (5 − 1) + (10 − 2) = 6. Together 9.
        var posts = new Goalposts(1, 100);
        var root = Node("index", _skip, Leaf("a", normalisation: posts), Leaf("b", normalisation: posts));
        var state = State(Framework(root with { Aggregation = Aggregation.Geometric }, scaleFloor: 1), ("a", 4), ("b", 25));

        Assert.Equal(10, state.Score!.Value, Exact);
        Assert.Equal(1, state.BaselineScore());
        Assert.Equal([3, 6], Contributions(state), (expected, actual) => Math.Abs(expected - actual) < Exact);
    }

    [Fact]
    public void Contributions_Logistic_ShareTheProbabilityByLogOdds()
    {
        // Baseline: a at its default 1, b at 0: log-odds -1 + 1·1 = 0, p = 0.5. Now -1 + 1·2 + 2·1 = 3, p = 0.95257.
        // Of the 3 that the log-odds rose, a has 1 and b 2: a third and two thirds of 0.45257.
        var state = State(
            Logistic(-1, new RefuseIncomplete(), new Predictor("a", 1) { Default = 1 }, new Predictor("b", 2)),
            ("a", 2),
            ("b", 1)
        );
        var rise = (1 / (1 + Math.Exp(-3))) - 0.5;

        Assert.Equal(0.5, state.BaselineScore(), Exact);
        Assert.Equal([rise / 3, rise * 2 / 3], Contributions(state), (expected, actual) => Math.Abs(expected - actual) < Exact);
    }

    [Fact]
    public void Contributions_MissingLeaf_HasNoneWhereItsWeightWentToTheOthers()
    {
        // b is missing: the index is a's 60, all of it a's.
        var state = State(Framework(Node("index", _skip, Leaf("a"), Leaf("b"))), ("a", 60));

        Assert.Equal([60, 0], Contributions(state));
    }

    [Fact]
    public void Contributions_NodeHeld_SpreadsTheHeldValueOverItsLeaves()
    {
        // index = (20 + 100) / 2 = 60; the held 100 makes 50 of it, spread over b (weight 1) and c (weight 3).
        var held = Node("f", _skip, Leaf("b", 1), Leaf("c", 3));
        var state = State(Framework(Node("index", new HoldValue(100), Leaf("a"), held)), ("a", 20));

        Assert.Equal([10, 12.5, 37.5], Contributions(state));
    }

    [Fact]
    public void NodeContributions_OfAFactorAndOfResilience_StartAtTheirOwnBaselines()
    {
        // f = (40 + 80) / 2 from 0: 20 and 40. Resilience r = (3·30 + 1·50) / 4 = 35 from 100: 3/4·(30 − 100) and 1/4·(50 − 100).
        var state = State(
            Framework(
                Node(
                    "index",
                    _skip,
                    Node("f", _skip, Leaf("a"), Leaf("b")),
                    Node("r", _skip, Leaf("c", 3), Leaf("d")) with
                    {
                        Direction = Direction.Lowers,
                    }
                )
            ),
            ("a", 40),
            ("b", 80),
            ("c", 30),
            ("d", 50)
        );
        var parts = new double[4];

        state.NodeContributions(0, parts);
        Assert.Equal([20, 40, 0, 0], parts);
        state.NodeContributions(1, parts);
        Assert.Equal([0, 0, -52.5, -12.5], parts);
        Assert.Equal((0, 100, 0), (state.NodeBaselineScore(0), state.NodeBaselineScore(1), state.BaselineScore()));
    }

    [Fact]
    public void NodeChange_OfAFactor_IsOnTheFactorsScale()
    {
        // f from (40 + 50) / 2 to (80 + 50) / 2: 20 of a.
        var factor = Node("f", _skip, Leaf("a"), Leaf("b"));
        var (earlier, later) = Twice(Node("index", _skip, factor, Leaf("c")), [("a", 40), ("b", 50)], [("a", 80), ("b", 50), ("c", 9)]);
        var parts = new double[3];

        Assert.True(later.TryAttributeNodeChange(0, earlier, parts));
        Assert.Equal([20, 0, 0], parts);
    }

    [Fact]
    public void Change_LeafMoves_IsAllItsOwn()
    {
        // a from 40 to 80 of weight 1 in 4: (80 − 40) / 4 = 10.
        var (earlier, later) = Twice(Node("index", _skip, Leaf("a", 1), Leaf("b", 3)), [("a", 40), ("b", 50)], [("a", 80), ("b", 50)]);

        Assert.Equal([10, 0], Change(earlier, later));
    }

    [Fact]
    public void Change_LeafGoesMissing_IsItsDistanceFromTheOthers()
    {
        // Before: (90 + 30) / 2 = 60; then a lapses: 30. The whole fall of 30 is a's.
        var (earlier, later) = Twice(Node("index", _skip, Leaf("a"), Leaf("b")), [("a", 90), ("b", 30)], [("b", 30)]);

        Assert.Equal([-30, 0], Change(earlier, later));
    }

    [Fact]
    public void Change_FactorGainsItsScore_IsOfTheLeafThatCame()
    {
        // Factor f needs two of three leaves. Before, only b (80): no score, index = a = 20. Then c (60) comes: f = 70, index = (20 + 70) /
        // 2 = 45.
        var factor = Node("f", new RenormaliseWeights(0.6), Leaf("b"), Leaf("c"), Leaf("d"));
        var (earlier, later) = Twice(Node("index", _skip, Leaf("a"), factor), [("a", 20), ("b", 80)], [("a", 20), ("b", 80), ("c", 60)]);

        Assert.Equal([0, 0, 25, 0], Change(earlier, later));
    }

    [Fact]
    public void Change_NoScoreBefore_IsNotKnown()
    {
        var (earlier, later) = Twice(Node("index", _skip, Leaf("a")), [], [("a", 20)]);

        Assert.False(later.TryAttributeChange(earlier, new double[1]));
    }

    [Fact]
    public void Change_OfAnotherFramework_IsRefused()
    {
        var one = State(Framework(Node("index", _skip, Leaf("a"))), ("a", 1));
        var other = State(Framework(Node("index", _skip, Leaf("a"))), ("a", 2));

        Assert.Throws<ArgumentException>(() => one.TryAttributeChange(other, new double[1]));
    }

    private static (ScoreState Earlier, ScoreState Later) Twice(
        Node root,
        (string Code, double Value)[] first,
        (string Code, double Value)[] second
    )
    {
        var compiled = CompiledFramework.Compile(Framework(root));
        return (Make(first), Make(second));

        ScoreState Make((string Code, double Value)[] values)
        {
            var state = new ScoreState(compiled);
            foreach (var (code, value) in values)
                state.Set(Find(state, code), value);
            state.Update();
            return state;
        }
    }

    private static double[] Change(ScoreState earlier, ScoreState later)
    {
        var parts = new double[later.Framework.LeafCount];
        Assert.True(later.TryAttributeChange(earlier, parts));
        return parts;
    }
}
