using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.States;

/// <summary>Intervals worked by hand.</summary>
public class UncertaintyTests
{
    private const double Normal95 = 1.959963984540054;
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);

    [Fact]
    public void Interval_TwoErrors_AddInQuadrature()
    {
        // index = (1·40 + 3·60) / 4 = 55. Goalposts 0 to 10 for a, so its standard error 0.8 is 8 on the scale: 1/4·8 = 2; b: 3/4·2 = 1.5.
        // sqrt(2² + 1.5²) = 2.5.
        var state = Build(Node("index", _skip, Leaf("a", 1, Direction.Lowers, new Goalposts(0, 10)), Leaf("b", 3)), ("a", 6, 0.8), ("b", 60, 2));

        var interval = state.Interval(0.95)!.Value;

        Assert.Equal(55, state.Score!.Value, 1e-12);
        Assert.Equal(2.5, interval.StandardError, 1e-12);
        Assert.Equal(55 - (2.5 * Normal95), interval.Low, 1e-9);
        Assert.Equal(55 + (2.5 * Normal95), interval.High, 1e-9);
        Assert.Equal(("delta-method", 0.95), (interval.Method, interval.Confidence));
    }

    [Fact]
    public void Interval_MissingLeaf_IsUniformOverTheScale()
    {
        // b is missing: standard deviation of a uniform from 0 to 100 is 100 / sqrt 12, and its weight is a half.
        var state = Build(Node("index", _skip, Leaf("a"), Leaf("b")), ("a", 50, 0));

        Assert.Equal(100 / Math.Sqrt(12) / 2, state.Interval(0.95)!.Value.StandardError, 1e-12);
    }

    [Fact]
    public void Interval_ErrorLargerThanNotKnowing_CountsAsNotKnowing()
    {
        var state = Build(Node("index", _skip, Leaf("a")), ("a", 50, 80));

        Assert.Equal(100 / Math.Sqrt(12), state.Interval(0.95)!.Value.StandardError, 1e-12);
    }

    [Fact]
    public void Interval_GeometricMean_StandsOnTheLogarithm()
    {
        // sqrt(20·45) = 30; relative errors 2/20 = 0.1 and 0: ½·0.1 = 0.05 on the logarithm, 30·0.05 = 1.5 on the score.
        var posts = new Goalposts(1, 100);
        var root = Node("index", _skip, Leaf("a", normalisation: posts), Leaf("b", normalisation: posts)) with { Aggregation = Aggregation.Geometric };
        var state = Build(root, 1, ("a", 20, 2), ("b", 45, 0));

        var interval = state.Interval(0.95)!.Value;

        Assert.Equal(1.5, interval.StandardError, 1e-9);
        Assert.Equal(30 * Math.Exp(-0.05 * Normal95), interval.Low, 1e-9);
        Assert.Equal(30 * Math.Exp(0.05 * Normal95), interval.High, 1e-9);
    }

    [Fact]
    public void Interval_Logistic_StandsOnTheLogOdds()
    {
        // log-odds 0 ± 2·0.5·1.96 from a, and b held at its default with a range of 0 to sqrt 12, so with a variance of 1, times 0.6²:
        // sqrt(1² + 0.6²) = sqrt 1.36.
        var model = Logistic(
            0,
            new HoldDefaults(),
            new("a", 2) { Default = 0, Range = new(-5, 5) },
            new("b", 0.6) { Default = 0, Range = new(0, Math.Sqrt(12)) });
        var state = new ScoreState(CompiledFramework.Compile(model));
        state.Set(0, 0, 0.5);
        state.Update();

        var interval = state.Interval(0.95)!.Value;

        Assert.Equal(1 / (1 + Math.Exp(Normal95 * Math.Sqrt(1.36))), interval.Low, 1e-9);
        Assert.Equal(1 - interval.Low, interval.High, 1e-9);
        Assert.Equal(0.5, state.ProbabilityAtLeast(0.5)!.Value, 1e-12);
    }

    [Fact]
    public void Probability_ExactData_IsZeroOrOne()
    {
        var state = Build(Node("index", _skip, Leaf("a")), ("a", 50, 0));

        Assert.Equal((1, 0), (state.ProbabilityAtLeast(50), state.ProbabilityAtLeast(50.001)));
    }

    [Fact]
    public void Probability_OneDeviationAbove_IsTheNormalTail()
    {
        // Φ(−1) = 0.15865525393145707.
        var state = Build(Node("index", _skip, Leaf("a")), ("a", 50, 5));

        Assert.Equal(0.15865525393145707, state.ProbabilityAtLeast(55)!.Value, 1e-12);
    }

    [Fact]
    public void Probability_OfANodeAndOfALeaf_StandOnTheirOwnScales()
    {
        // f has half of the error of a, 5 on the scale from 0 to 100, and stands at 50; a's own error is 1 in its unit of 0 to 10.
        var factor = Node("f", _skip, Leaf("a", normalisation: new Goalposts(0, 10)), Leaf("b"));
        var state = Build(Node("index", _skip, factor, Leaf("c")), ("a", 4, 1), ("b", 60, 0));

        Assert.Equal(5, state.NodeInterval(0, 0.95)!.Value.StandardError, 1e-12);
        Assert.Equal(0.15865525393145707, state.NodeProbabilityAtLeast(0, 55)!.Value, 1e-12);
        Assert.Equal(0.8413447460685429, state.LeafProbabilityAtLeast(0, 3)!.Value, 1e-12);
        Assert.Equal((1, 0, null), (state.LeafProbabilityAtLeast(1, 60), state.LeafProbabilityAtLeast(1, 61), state.LeafProbabilityAtLeast(2, 0)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Interval_ConfidenceThatIsNone_IsRefused(double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Build(Node("index", _skip, Leaf("a"))).Interval(confidence));

    private static ScoreState Build(Node root, params (string Code, double Value, double Error)[] values) => Build(root, 0, values);

    private static ScoreState Build(Node root, double scaleFloor, params (string Code, double Value, double Error)[] values)
    {
        var state = new ScoreState(CompiledFramework.Compile(Framework(root, scaleFloor)));
        foreach (var (code, value, error) in values) state.Set(Find(state, code), value, error);
        state.Update();
        return state;
    }
}
