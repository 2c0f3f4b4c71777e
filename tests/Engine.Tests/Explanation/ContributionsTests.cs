using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Explanation;

/// <summary>Contributions of every aggregation.</summary>
public partial class ContributionsTests
{
    private const double Exact = 1e-9;
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);
    private static readonly Goalposts _posts = new(1, 100);

    public static TheoryData<string> Methods => [.. Aggregations.Keys];

    private static Dictionary<string, Aggregation> Aggregations { get; } =
        new(StringComparer.Ordinal)
        {
            ["arithmetic"] = Aggregation.Arithmetic,
            ["geometric"] = Aggregation.Geometric,
            ["harmonic"] = Aggregation.Harmonic,
            ["quadratic"] = new GeneralisedMean(2),
            ["inverse root"] = new GeneralisedMean(-0.5),
            ["median"] = new MedianChild(),
            ["minimum"] = new MinimumChild(),
            ["maximum"] = new MaximumChild(),
            ["copeland"] = new Copeland(),
        };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Contributions_OneNode_AreTheMeanOverAllOrdersOfItsLeaves(string method) =>
        Gen.Select(Gen.Double[1, 100].Array[4], Gen.Double[0.2, 3].Array[4])
            .Sample(
                (values, weights) =>
                {
                    var root = Node("index", _skip, [.. weights.Select((weight, i) => Leaf($"x{i}", weight, normalisation: _posts))]);
                    var model = Framework(root with { Aggregation = Aggregations[method] }, scaleFloor: 1) with
                    {
                        Reference = Set(["x0", "x1", "x2", "x3"]),
                    };
                    var state = State(model, [.. values.Select((value, i) => ($"x{i}", value))]);
                    var expected = new double[4];
                    foreach (var order in Orders([0, 1, 2, 3]))
                    {
                        var now = new double[] { 1, 1, 1, 1 };
                        foreach (var leaf in order)
                        {
                            var before = Score(now);
                            now[leaf] = values[leaf];
                            expected[leaf] += (Score(now) - before) / 24;
                        }
                    }

                    var parts = Contributions(state);

                    for (var leaf = 0; leaf < 4; leaf++)
                        Assert.Equal(expected[leaf], parts[leaf], 1e-7);

                    double Score(double[] now) =>
                        Naive
                            .Evaluate(model, now.Select((value, i) => (value, i)).ToDictionary(pair => $"x{pair.i}", pair => pair.value))
                            .Score!.Value;
                },
                iter: 60
            );

    [Fact]
    public void Contributions_TwoLevels_HandAChildsShareOnInProportion()
    {
        // f = (40 + 80) / 2 = 60 beside c = 20; the greater is 60. From 0 the two share: f half of (60 − 0) + (60 − 20) = 50, c half of 20
        // + 0 = 10. Of f's movement of 60 a made 20 and b 40, so of its 50 they get a third and two thirds.
        var state = State(
            Framework(Node("index", _skip, Node("f", _skip, Leaf("a"), Leaf("b")), Leaf("c")) with { Aggregation = new MaximumChild() }),
            ("a", 40),
            ("b", 80),
            ("c", 20)
        );

        Assert.Equal([50.0 / 3, 100.0 / 3, 10], Contributions(state), (expected, actual) => Math.Abs(expected - actual) < Exact);
    }

    [Fact]
    public void Contributions_CopelandOwnScale_CountUnitsBeaten()
    {
        // Units (10, 10), (30, 30), (50, 50), (70, 70); the country (40, 60), weights 1 and 3: b decides every duel, a none.
        // From (0, 0) it beats none of 4: −3, the least that a unit can have; with b = 60 it beats three and loses to one: 2.
        var set = new ReferenceSet([new("A"), new("B"), new("C"), new("D")], ["a", "b"], [10, 10, 30, 30, 50, 50, 70, 70]);
        var root = Node("index", _skip, Leaf("a", 1), Leaf("b", 3)) with { Aggregation = new Copeland(OwnScale: true) };
        var state = State(Framework(root) with { Reference = set }, ("a", 40), ("b", 60));

        Assert.Equal(2, state.Score);
        Assert.Equal(-3, state.BaselineScore());
        Assert.Equal([0, 5], Contributions(state), (expected, actual) => Math.Abs(expected - actual) < Exact);
    }

    [Fact]
    public void Contributions_ProductOfPredictors_IsSharedByBoth()
    {
        // log-odds −1 + 2·a·b from a = 1, b = 0 to a = 3, b = 2: the product goes from 0 to 6. a: half of (3·0 − 1·0) + (3·2 − 1·2) = 2;
        // b: half of (1·2 − 0) + (3·2 − 0) = 4. On the log-odds 4 and 8 of 12.
        var model = Logistic(-1, new RefuseIncomplete(), new Predictor("a", 0) { Default = 1 }, new Predictor("b", 0)) with
        {
            Interactions = [new Interaction(2, ["a", "b"])],
        };
        var state = State(model, ("a", 3), ("b", 2));
        var rise = (1 / (1 + Math.Exp(-11))) - (1 / (1 + Math.Exp(1)));

        Assert.Equal([rise / 3, rise * 2 / 3], Contributions(state), (expected, actual) => Math.Abs(expected - actual) < Exact);
    }

    [Fact]
    public void Contributions_Calibrated_AddUpToTheCalibratedProbability()
    {
        var calibration = new IsotonicCalibration([new(0, 0.01), new(0.3, 0.05), new(0.9, 0.6)]);
        var model = Logistic(-1, new RefuseIncomplete(), new Predictor("a", 1), new Predictor("b", 0.5)) with { Calibration = calibration };
        var state = State(model, ("a", 2), ("b", 1));

        var p = 1 / (1 + Math.Exp(-1.5));
        Assert.Equal(0.05 + (0.55 * (p - 0.3) / 0.6), state.Score!.Value, 1e-12);
        Assert.Equal(state.Score.Value - state.BaselineScore(), Contributions(state).Sum(), 1e-12);
        Assert.Equal(4, Contributions(state)[0] / Contributions(state)[1], 1e-9);
    }

    [Fact]
    public void Contributions_SharedPredictorOfAnEnsemble_IsTheSumOverItsMembers()
    {
        var model = Ensemble();
        var state = State(model, ("a", 1), ("b", 2));
        var first = State(Logistic(-1, new RefuseIncomplete(), new Predictor("a", 2)), ("a", 1));
        var second = State(Logistic(0, new RefuseIncomplete(), new Predictor("a", -1), new Predictor("b", 1)), ("a", 1), ("b", 2));

        // Weights 3 and 1.
        Assert.Equal(((3 * first.Score!.Value) + second.Score!.Value) / 4, state.Score!.Value, 1e-12);
        var (one, other) = (Contributions(first), Contributions(second));
        Assert.Equal([((3 * one[0]) + other[0]) / 4, other[1] / 4], Contributions(state), (expected, actual) =>
            Math.Abs(expected - actual) < Exact
        );
        Assert.Equal(["first", "second", "probability"], state.Framework.Nodes.Select(node => node.Code));
    }

    [Fact]
    public void Contributions_FromTheMeanOfTheSet_AreDistancesFromIt()
    {
        // The set's mean of a is 20 and of b 60; the country's 50 and 40 with weights 1 and 3: (50 − 20) / 4 and 3·(40 − 60) / 4.
        var set = new ReferenceSet([new("A"), new("B")], ["a", "b"], [10, 30, 30, 90]);
        var state = State(Framework(Node("index", _skip, Leaf("a"), Leaf("b", 3))) with { Reference = set }, ("a", 50), ("b", 40));
        var parts = new double[2];

        state.Contributions(parts, Baseline.ReferenceMean);

        Assert.Equal([7.5, -15], parts, (expected, actual) => Math.Abs(expected - actual) < Exact);
        Assert.Equal(50, state.BaselineScore(Baseline.ReferenceMean), Exact);
    }

    [Fact]
    public void Contributions_FromAMeanThatThereIsNot_AreRefused() =>
        Assert.Throws<ArgumentException>(() =>
            State(Framework(Node("index", _skip, Leaf("a"))), ("a", 50)).Contributions(new double[1], Baseline.ReferenceMean)
        );

    [Fact]
    public void Contributions_MoreThanSixteenChildren_StateTheirErrorsAndAddUp()
    {
        var leaves = Enumerable.Range(0, 25).Select(i => (Element)Leaf($"x{i}", 1 + (i % 3))).ToArray();
        var state = State(
            Framework(Node("index", _skip, leaves) with { Aggregation = new MedianChild() }),
            [.. leaves.Select((leaf, i) => (leaf.Code, (i * 37.0) % 100))]
        );
        var (parts, errors) = (new double[25], new double[25]);

        state.Contributions(parts, Baseline.LeastRisk, errors);

        Assert.Equal(state.Score!.Value, parts.Sum(), 1e-9 * state.Score.Value);
        Assert.Contains(errors, error => error > 0);
        Assert.All(errors, error => Assert.InRange(error, 0, 2));
    }

    [Fact]
    public void Contributions_GeometricMeanOfFortyChildren_NeedNoSampling()
    {
        var leaves = Enumerable.Range(0, 40).Select(i => (Element)Leaf($"x{i}", 1 + (i % 3), normalisation: _posts)).ToArray();
        var root = Node("index", _skip, leaves) with { Aggregation = Aggregation.Geometric };
        var state = State(Framework(root, scaleFloor: 1), [.. leaves.Select((leaf, i) => (leaf.Code, 1 + ((i * 37.0) % 99)))]);
        var (parts, errors) = (new double[40], new double[40]);

        state.Contributions(parts, Baseline.LeastRisk, errors);

        Assert.Equal(state.Score!.Value - 1, parts.Sum(), 1e-9);
        Assert.All(errors, error => Assert.Equal(0, error));
    }

    private static EnsembleFramework Ensemble() =>
        new()
        {
            Id = "test",
            Version = 1,
            Bands = [new("low", 0), new("high", 0.5)],
            Missing = new RefuseIncomplete(),
            Members =
            [
                new EnsembleMember("first", 3) { Intercept = -1, Predictors = [new("a", 2)] },
                new EnsembleMember("second") { Intercept = 0, Predictors = [new("a", -1), new("b", 1)] },
            ],
        };

    private static ReferenceSet Set(string[] indicators)
    {
        var random = new Random(7);
        return new ReferenceSet(
            [.. Enumerable.Range(0, 6).Select(unit => new ReferenceUnit($"u{unit}"))],
            [.. indicators],
            [.. Enumerable.Range(0, 6 * indicators.Length).Select(_ => 1 + (99 * random.NextDouble()))]
        );
    }

    private static IEnumerable<int[]> Orders(int[] players) =>
        players.Length == 0
            ?
            [
                [],
            ]
            : players.SelectMany(first => Orders([.. players.Where(player => player != first)]).Select(rest => (int[])[first, .. rest]));
}
