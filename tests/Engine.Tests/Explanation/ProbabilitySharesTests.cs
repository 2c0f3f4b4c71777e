using EarlyWarning.Scoring.Engine.Explanation;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Explanation;

/// <summary>What each predictor adds to a probability.</summary>
public class ProbabilitySharesTests
{
    [Fact]
    public void Of_TwoPredictors_IsTheMeanOverBothOrders()
    {
        // From a = 1, b = 0 to a = 3, b = 2 under log-odds -1 + a - 2b + ab.
        var model = Logistic(-1, new RefuseIncomplete(), new Predictor("a", 1) { Default = 1 }, new Predictor("b", -2)) with
        {
            Interactions = [new Interaction(1, ["a", "b"])],
        };
        var state = State(model, ("a", 3), ("b", 2));
        var (parts, errors) = (new double[2], new double[2]);

        ProbabilityShares.Of(state, parts, errors);

        double[] expected = [((P(3, 0) - P(1, 0)) + (P(3, 2) - P(1, 2))) / 2, ((P(1, 2) - P(1, 0)) + (P(3, 2) - P(3, 0))) / 2];
        Assert.Equal(expected, parts, (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal(state.Score!.Value - state.BaselineScore(), parts.Sum(), 1e-12);
        Assert.Equal([0, 0], errors);

        static double P(double a, double b) => 1 / (1 + Math.Exp(-(-1 + a - (2 * b) + (a * b))));
    }

    [Fact]
    public void Of_CalibratedModel_AddsUpToTheCalibratedProbability()
    {
        var range = new ValueRange(0, 5);
        var model = Logistic(
            -1,
            new HoldDefaults(),
            new Predictor("a", 1) { Default = 0, Range = range },
            new Predictor("b", 0.5) { Default = 0, Range = range },
            new Predictor("c", 2) { Default = 0, Range = range }
        ) with
        {
            Calibration = new IsotonicCalibration([new(0, 0.01), new(0.3, 0.05), new(0.9, 0.6)]),
        };
        var state = State(model, ("a", 2), ("b", 1));
        var parts = new double[3];

        ProbabilityShares.Of(state, parts);

        Assert.Equal(state.Score!.Value - state.BaselineScore(), parts.Sum(), 1e-12);
        Assert.Equal(0, parts[2]);
    }

    [Fact]
    public void Of_ATree_IsRefused() =>
        Assert.Throws<ArgumentException>(() =>
            ProbabilityShares.Of(State(Framework(Node("index", new RenormaliseWeights(0), Leaf("a"))), ("a", 1)), new double[1])
        );
}
