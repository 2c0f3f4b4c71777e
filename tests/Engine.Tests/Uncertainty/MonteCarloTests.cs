using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;
using static EarlyWarning.Engine.Tests.Infrastructure.Draws;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Uncertainty;

/// <summary>
/// Distributions with a closed form. With n = 100,000 draws a mean errs by σ/√n, a standard deviation by σ/√2n, the quantiles at 5 % and 95
/// % of a normal distribution by about 2.1·σ/√n; the tolerances are three and more of these.
/// </summary>
public class MonteCarloTests
{
    private const double Normal95 = 1.6448536269514722;
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);
    private static readonly MonteCarloOptions _options = new() { Draws = 100_000, Seed = 1 };

    [Fact]
    public void Run_TwoNormalErrors_AddInQuadrature()
    {
        // (1·40 + 3·60) / 4 = 55; errors 8/4 = 2 and 2·3/4 = 1.5, together 2.5.
        var root = Node("index", _skip, Leaf("a", 1, Direction.Lowers, new Goalposts(0, 10)), Leaf("b", 3));

        var result = Run(Framework(root), _options with { AtLeast = [55, 57.5, 0] }, ("a", 6, 0.8), ("b", 60, 2));

        Assert.Equal((55, 100_000, 0.9), (Math.Round(result.Nominal!.Value, 6), result.Draws, _options.Confidence));
        Assert.Equal(55, result.Mean, 0.025);
        Assert.Equal(2.5, result.StandardDeviation, 0.018);
        Assert.Equal(55 - (2.5 * Normal95), result.Low, 0.06);
        Assert.Equal(55, result.Median, 0.04);
        Assert.Equal(55 + (2.5 * Normal95), result.High, 0.06);
        Assert.Equal(0.5, result.AtLeast[0].Value, 0.005);
        Assert.Equal(0.15865525, result.AtLeast[1].Value, 0.004);
        Assert.Equal(Math.Sqrt(0.1587 * 0.8413 / 100_000), result.AtLeast[1].StandardError, 1e-5);
        Assert.Equal((1, 0), (result.AtLeast[2].Value, result.AtLeast[2].StandardError));
        Assert.Null(result.Rank);
    }

    [Fact]
    public void Run_ScoreBetweenLevels_HasTheirProbabilities()
    {
        // Levels start at 0, 40 and 70. 55 ± 10: below 40 is Φ(−1.5), from 70 on it is the same.
        var result = Run(Framework(Node("index", _skip, Leaf("a"))), _options, ("a", 55, 10));

        Assert.Equal([0.0668072, 0.8663856, 0.0668072], result.Levels.Select(level => level.Value), (x, y) => Math.Abs(x - y) < 0.0035);
        Assert.Equal(1, result.Levels.Sum(level => level.Value), 1e-12);
    }

    [Fact]
    public void Run_NodeThatDecidesTheLevel_CountsInLevelsAndRanks()
    {
        // Intent 80 ± 5 is high from 75 on: each of two errs by 5·√2, so their mean by 5, and P(≥ 75) = Φ(1). The index of A is 0.1 · 80,
        // B's is 90 · 0.3.
        double error = 5 * Math.Sqrt(2);
        var a = Country("A", ("i1", 80, error), ("i2", 80, error), ("rest", 0, 0));
        var b = Country("B", ("i1", 0, 0), ("i2", 0, 0), ("rest", 30, 0));

        var result = MonteCarlo.Run(CompiledFramework.Compile(WithIntent), [a, b], _options).Countries;

        Assert.True(result[0].Nominal < result[1].Nominal);
        Assert.Equal((1, 2), (result[0].Rank!.Nominal, result[1].Rank!.Nominal));
        Assert.Equal(0.8413447, result[0].Levels[2].Value, 0.005);
        Assert.Equal(1, result[0].Levels.Sum(level => level.Value), 1e-12);
        Assert.Equal([1.0, 0, 0], result[1].Levels.Select(level => level.Value));
        Assert.Equal(1, result[0].Rank!.Mean, 0.01);
    }

    [Fact]
    public void Run_GeometricMean_IsLognormal()
    {
        // √(a·b) of small relative errors 0.01 and 0.02: ln has the standard deviation ½·√(0.01² + 0.02²).
        var posts = new Goalposts(1, 100);
        var root = Node("index", _skip, Leaf("a", normalisation: posts), Leaf("b", normalisation: posts));

        var result = Run(Framework(root with { Aggregation = Aggregation.Geometric }, 1), _options, ("a", 20, 0.2), ("b", 45, 0.9));

        var deviation = 0.5 * Math.Sqrt((0.01 * 0.01) + (0.02 * 0.02));
        Assert.Equal(30 * deviation, result.StandardDeviation, 0.005);
        Assert.Equal(30 * Math.Exp(-deviation * Normal95), result.Low, 0.02);
        Assert.Equal(30 * Math.Exp(deviation * Normal95), result.High, 0.02);
    }

    [Fact]
    public void Run_Logistic_HasTheQuantilesOfItsLogOdds()
    {
        // The log-odds are 0 ± √(2²·0.5² + 0.6²·0.5²) = √1.09, and quantiles go through the curve as they are.
        var model = Logistic(0, new RefuseIncomplete(), new("a", 2), new("b", 0.6));

        var result = Run(model, _options, ("a", 0, 0.5), ("b", 0, 0.5));

        Assert.Equal(1 / (1 + Math.Exp(Normal95 * Math.Sqrt(1.09))), result.Low, 0.005);
        Assert.Equal(1 / (1 + Math.Exp(-Normal95 * Math.Sqrt(1.09))), result.High, 0.005);
        Assert.Equal(0.5, result.Levels[1].Value, 0.005);
    }

    [Fact]
    public void Run_MissingLeaf_IsUniformOverTheScale()
    {
        // (50 + U) / 2 with U from 0 to 100: from 25 to 75.
        var result = Run(Framework(Node("index", _skip, Leaf("a"), Leaf("b"))), _options, ("a", 50, 0));

        Assert.Equal(50, result.Nominal);
        Assert.Equal(50, result.Mean, 0.15);
        Assert.Equal(50 / Math.Sqrt(12), result.StandardDeviation, 0.07);
        Assert.Equal(27.5, result.Low, 0.15);
        Assert.Equal(72.5, result.High, 0.15);
    }

    [Fact]
    public void Run_ValidRange_HoldsTheErrorsAtItsEnds()
    {
        // Of 5 ± 10 what lies below 0 is 0: the mean is 5·Φ(0.5) + 10·φ(0.5).
        var leaf = Leaf("a", normalisation: new Goalposts(-100, 100)) with { ValidRange = new ValueRange(0, 100) };

        var result = Run(Framework(Node("index", _skip, leaf)), _options with { AtLeast = [50] }, ("a", 5, 10));

        Assert.Equal(50 + (((5 * 0.6914624613) + (10 * 0.3520653268)) / 2), result.Mean, 0.03);
        Assert.Equal(result.Nominal!.Value, result.Mean, 0.03);
        Assert.Equal(1, result.AtLeast[0].Value);
    }

    [Fact]
    public void Run_SharesOfADirichletDistribution_HaveItsMoments()
    {
        // Of a (0) and b (100) with weights 1 and 3 the score is 100 times b's share: Beta(0.75κ, 0.25κ).
        foreach (var concentration in new[] { 1.5, 20 })
        {
            var options = _options with { Weights = [new DirichletWeightNoise(1, concentration)] };

            var result = Run(Framework(Node("index", _skip, Leaf("a"), Leaf("b", 3))), options, ("a", 0, 0), ("b", 100, 0));

            var deviation = 100 * Math.Sqrt(0.75 * 0.25 / (concentration + 1));
            Assert.Equal(75, result.Mean, 4 * deviation / Math.Sqrt(100_000));
            Assert.Equal(deviation, result.StandardDeviation, 0.1);
        }
    }

    [Fact]
    public void Run_NoisyWeights_MoveTheScoreWithinTheirBounds()
    {
        // Shares from 0.75·1/(0.75·1 + 1.25·1) = 0.375 to 0.625.
        var options = _options with { Weights = [new UniformWeightNoise(null, 0.25)], Confidence = 0.9999 };

        var result = Run(Framework(Node("index", _skip, Leaf("a"), Leaf("b"))), options, ("a", 0, 0), ("b", 100, 0));

        Assert.InRange(result.Low, 37.5, 38.5);
        Assert.InRange(result.High, 61.5, 62.5);
        Assert.Equal(50, result.Mean, 0.1);
    }

    [Fact]
    public void Run_Choice_IsTakenAsOftenAsItsWeightSays()
    {
        // Without b the score is 20, with it 50.
        var options = _options with
        {
            Choices = [new("b", [MethodOption.AsIs() with { Weight = 3 }, MethodOption.OfTree("without", tree => tree.Without("b"))])],
            AtLeast = [50],
        };

        var result = Run(Framework(Node("index", _skip, Leaf("a"), Leaf("b"))), options, ("a", 20, 0), ("b", 80, 0));

        Assert.Equal(0.75, result.AtLeast[0].Value, 0.005);
        Assert.Equal((20, 50, 50), (result.Low, result.Median, result.High));
    }

    [Fact]
    public void Run_LargerErrorOrLessData_WidensTheInterval()
    {
        var root = Framework(Node("index", _skip, Leaf("a"), Leaf("b"), Leaf("c")));
        var exact = Run(root, _options, ("a", 40, 0), ("b", 50, 0), ("c", 60, 0));
        var small = Run(root, _options, ("a", 40, 1), ("b", 50, 1), ("c", 60, 1));
        var large = Run(root, _options, ("a", 40, 5), ("b", 50, 1), ("c", 60, 1));
        var missing = Run(root, _options, ("b", 50, 1), ("c", 60, 1));

        Assert.Equal(exact.Low, exact.High);
        Assert.InRange(small.High - small.Low, 1, large.High - large.Low);
        Assert.InRange(missing.High - missing.Low, large.High - large.Low + 1, 50);
    }

    [Fact]
    public void Run_Node_IsLookedAtOnItsOwn()
    {
        var root = Node("index", _skip, Node("f", _skip, Leaf("a"), Leaf("b")), Leaf("c"));

        var result = Run(Framework(root), _options with { Node = "f" }, ("a", 40, 6), ("b", 60, 8), ("c", 0, 0));

        Assert.Equal(50, result.Nominal!.Value, 1e-5);
        Assert.Equal(5, result.StandardDeviation, 0.04);
    }

    [Fact]
    public void Run_CountryWithoutAScore_HasNoDistribution()
    {
        var root = Framework(Node("index", new RefuseIncomplete(), Leaf("a"), Leaf("b")));

        var result = Run(root, _options, ("a", 50, 1));

        Assert.Equal((null, 0, double.NaN), (result.Nominal, result.Draws, result.Mean));
        Assert.Empty(result.Levels);
    }

    private static CountryDistribution Run(
        Framework model,
        MonteCarloOptions options,
        params (string Code, double Value, double Error)[] values
    ) => MonteCarlo.Run(CompiledFramework.Compile(model), [Country("XXX", values)], options).Countries[0];
}
