using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.States;

/// <summary>Cases in which a score, its range and its level have to be of one distribution.</summary>
public class OneDistributionTests
{
    private static readonly MissingDataPolicy _reweight = new RenormaliseWeights(0);

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Score_EverywhereAtAnEndWithErrors_IsInsideItsRange(double end)
    {
        var state = Ten(10, end, 5);

        var range = StateDistribution.Of(state).Range(0)!.Value;

        // Half of each error is held at the end: the mean lies 5·φ(0) = 1.99 inside.
        Assert.Equal(end == 0 ? 1.9947114 : 98.0052886, state.Score!.Value, 1e-6);
        Assert.InRange(state.Score.Value, range.Low, range.High);
        Assert.InRange(range.Probability, 0.899, 0.91);
    }

    [Fact]
    public void Range_ExactValues_IsAPoint() => Assert.Equal(new NodeRange(40, 40, 1), StateDistribution.Of(Ten(10, 40, 0)).Range(0));

    [Fact]
    public void Score_TwoFifthsMissingBesideZeros_IsNeitherNothingNorSure()
    {
        // (6·0 + ½) / 7 for the missing four: 100 · 0.4 / 14 = 2.86.
        var state = Ten(6, 0, 0);

        var range = StateDistribution.Of(state).Range(0)!.Value;

        Assert.Equal(100 * 0.4 / 14, state.Score!.Value, 1e-9);
        Assert.Equal(0, range.Low, 0.05);
        Assert.InRange(range.High, 14, 20);
    }

    [Fact]
    public void Score_OneMissingOfASetOfZeros_IsInsideItsRange()
    {
        var values = Enumerable.Repeat(0.0, 96).Concat([60.0, 70, 80, 100]).ToArray();
        var set = new ReferenceSet([.. values.Select((_, i) => new ReferenceUnit($"u{i}"))], ["a"], values);
        var root = Node("index", _reweight, Leaf("a") with { Imputation = new CentralValue() }, Leaf("b"));
        var state = new ScoreState(CompiledFramework.Compile(Framework(root) with { Reference = set }));
        state.Set(1, 0, 0);
        state.Update();

        var range = StateDistribution.Of(state).Range(0)!.Value;

        Assert.InRange(state.Score!.Value, range.Low, range.High);
        Assert.True(range.High > range.Low);
    }

    [Fact]
    public void Score_MaximumWithTenMissing_IsTheMeanOfItsDraws()
    {
        var root = Node("index", _reweight, [.. Enumerable.Range(0, 11).Select(i => Leaf($"x{i}"))]) with
        {
            Aggregation = new MaximumChild(),
        };
        var state = new ScoreState(CompiledFramework.Compile(Framework(root)));
        state.Set(0, 10, 0);
        state.Update();
        var distribution = StateDistribution.Of(state);

        Assert.Equal(distribution.Drawn(0)[..256].ToArray().Average(), state.Score!.Value, 1e-9);
        Assert.InRange(state.Score.Value, 10, distribution.Range(0)!.Value.High);
        Assert.True(state.FromUncertainty(0) > 0);
    }

    [Fact]
    public void Range_GapsUnderAMinimum_HoldsTheShareThatItSays()
    {
        MissingDataPolicy[] policies = [_reweight, _reweight, _reweight];
        var a = Node("a", policies[0], Leaf("e1"), Leaf("e2", 2, Direction.Lowers), Leaf("e3", 0.5)) with
        {
            Aggregation = new MinimumChild(),
            Weight = 2,
        };
        var b = Node("b", policies[1], Leaf("e4"), Leaf("e5", 1.5)) with { Aggregation = new MinimumChild() };
        var root = Node("root", policies[2], a, b, Leaf("e6", 0.7)) with { Aggregation = new MinimumChild() };
        var state = new ScoreState(CompiledFramework.Compile(Framework(root, 1)));
        foreach (var leaf in new[] { 3, 4, 5 })
            state.Set(leaf, 90, 0);
        state.Update();
        var distribution = StateDistribution.Of(state);

        var range = distribution.Range(2)!.Value;

        Assert.InRange(state.Score!.Value, range.Low, range.High);
        Assert.InRange(range.Probability, 0.899, 1);
        Assert.True(state.Score < 90.1);
    }

    [Fact]
    public void Score_NoObservation_IsNoneWhateverIsImputed()
    {
        var set = new ReferenceSet([new("A"), new("B")], ["a", "b"], [10, 20, 70, 80]);
        var root = Node(
            "index",
            _reweight,
            Leaf("a") with
            {
                Imputation = new CentralValue(),
            },
            Leaf("b") with
            {
                Imputation = new CentralValue(CentralStatistic.Median),
            }
        );
        var state = new ScoreState(CompiledFramework.Compile(Framework(root) with { Reference = set }));

        Assert.Null(state.Score);
        Assert.Equal((-1, -1), (state.LevelIndex, state.DecidingNode));
        Assert.Null(StateDistribution.Of(state).Range(0));
    }

    [Fact]
    public void Range_NoErrorStated_IsNone()
    {
        var state = State(Framework(Node("index", _reweight, Leaf("a"), Leaf("b"))), ("a", 30), ("b", 60));

        Assert.Equal((45, 1), (state.Score, state.UnknownErrorShare(0)));
        Assert.Null(StateDistribution.Of(state).Range(0));
        Assert.Null(StateDistribution.Of(state).AtLeast(0, 45));
        Assert.Empty(StateDistribution.Of(state).Levels);
    }

    [Fact]
    public void Score_JudgementAtAnEnd_HasOnlyTheWayBack()
    {
        // 0 to 4 on a scale of 0 to 100: at 4 a step down with 0.2 is 100 − 0.2·25.
        var leaf = Leaf("a", normalisation: new Goalposts(0, 4)) with
        {
            DefaultError = new StepError(1, 0.3, 0.2),
            ValidRange = new ValueRange(0, 4),
        };
        var state = State(Framework(Node("index", _reweight, leaf)), ("a", 4));

        Assert.Equal(95, state.Score!.Value, 1e-9);
        Assert.Equal(new NodeRange(3, 4, 1), StateDistribution.Of(state).LeafRange(0));
        Assert.Equal(0.8, StateDistribution.Of(state).LeafAtLeast(0, 4)!.Value, 1e-12);
    }

    [Fact]
    public void Level_SignsOfIntentAt90_AreNotAveragedAway()
    {
        // 90 at a tenth of the weight and 0 elsewhere is 9 of 100.
        var state = State(WithIntent, ("i1", 90), ("i2", 90), ("rest", 0));

        Assert.Equal(9, state.Score!.Value, 1e-9);
        Assert.Equal((2, 0, -1), (state.LevelIndex, state.DecidingNode, state.LevelAtLeast));
    }

    [Theory]
    [InlineData(90, 90, 0)]
    [InlineData(60, 90, 1)]
    [InlineData(0, 90, 1)]
    [InlineData(0, 0, 2)]
    public void DecidingNode_SeveralReachTheLevel_IsTheFirstThatTheModelNamesAndTheIndexLast(double intent, double plan, int deciding)
    {
        // Nodes count from the leaves up: plan 0, intent 1, index 2; intent is named first.
        var root = Node("index", _reweight, Node("plan", _reweight, Leaf("p")), Node("intent", _reweight, Leaf("i")));
        Band[] bands = [new("low", 0), new("elevated", 50), new("high", 75)];
        var state = State(
            Framework(root) with
            {
                NodeLevels = [new("intent", [.. bands], 0.5), new("plan", [.. bands], 0.5)],
            },
            ("i", intent),
            ("p", plan)
        );

        Assert.Equal(
            deciding switch
            {
                0 => "intent",
                1 => "plan",
                _ => "index",
            },
            state.Framework.Nodes[state.DecidingNode].Code
        );
    }

    [Fact]
    public void Level_IndexInsufficientAndNodeCovered_IsAtLeastTheNodes()
    {
        var root = Node(
            "index",
            new RenormaliseWeights(0.5),
            Node("intent", _reweight, Leaf("i1"), Leaf("i2")) with
            {
                Weight = 0.1,
            },
            Leaf("rest", 0.9)
        );
        var model = Framework(root) with { NodeLevels = [new("intent", [new("low", 0), new("elevated", 50), new("high", 75)], 0.5)] };
        var state = State(model, ("i1", 100), ("i2", 100));

        Assert.Null(state.Score);
        Assert.Equal((-1, 0, 2), (state.LevelIndex, state.DecidingNode, state.LevelAtLeast));
        Assert.Equal(100, state.NodeScore(0));
    }

    private static ScoreState Ten(int present, double value, double error)
    {
        var state = new ScoreState(
            CompiledFramework.Compile(Framework(Node("index", _reweight, [.. Enumerable.Range(0, 10).Select(i => Leaf($"x{i}"))])))
        );
        for (var leaf = 0; leaf < present; leaf++)
            state.Set(leaf, value, error);
        state.Update();
        return state;
    }
}
