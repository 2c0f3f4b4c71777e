using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Engine.Tests.Uncertainty;

/// <summary>Functions whose indices are known in closed form, and small figures that COINr gives too.</summary>
public class SobolTests
{
    private static readonly double[] _outputs = [1, 4, 2, 8, 5, 7, 1, 3, 6, 2, 2, 4, 5, 8, 6, 6, 3, 2, 7, 1, 1.5, 4, 2.5, 8, 4.5];

    public static TheoryData<FirstOrderEstimator> Estimators => new(FirstOrderEstimator.Jansen, FirstOrderEstimator.Saltelli);

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Analyse_IshigamiFunction_CoversTheKnownIndices(FirstOrderEstimator estimator)
    {
        // T. Ishigami and T. Homma (1990): sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ over −π to π.
        var pi4 = Math.Pow(Math.PI, 4);
        var (v1, v2, v13) = (0.5 * Math.Pow(1 + (0.1 * pi4 / 5), 2), 49.0 / 8, 8 * 0.01 * pi4 * pi4 / 225);
        var v = v1 + v2 + v13;

        var analysis = Sobol.Analyse(["x1", "x2", "x3"], Ishigami, Precise with { Estimator = estimator });

        Assert.Equal(3.5, analysis.Mean, 0.15);
        Assert.Equal(v, analysis.Variance, 0.6);
        Covers(analysis, [v1 / v, v2 / v, 0], [(v1 + v13) / v, v2 / v, v13 / v], 0.15);
    }

    [Fact]
    public void Analyse_GFunction_CoversTheKnownIndices()
    {
        // I. M. Sobol' (1993): Π (|4xᵢ − 2| + aᵢ) / (1 + aᵢ).
        double[] a = [0, 1, 4.5, 9, 99];
        var parts = a.Select(ai => 1.0 / 3 / ((1 + ai) * (1 + ai))).ToArray();
        var product = parts.Aggregate(1.0, (p, vi) => p * (1 + vi));

        var analysis = Sobol.Analyse(
            ["a", "b", "c", "d", "e"],
            x => x.Zip(a, (xi, ai) => (Math.Abs((4 * xi) - 2) + ai) / (1 + ai)).Aggregate(1.0, (p, g) => p * g),
            Precise
        );

        Covers(
            analysis,
            [.. parts.Select(vi => vi / (product - 1))],
            [.. parts.Select(vi => vi / (1 + vi) * product / (product - 1))],
            0.15
        );
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Analyse_LinearFunction_SharesTheVarianceByTheSquares(FirstOrderEstimator estimator)
    {
        // 1, 4 and 9 of 14: no interactions, so both indices are the same.
        var analysis = Sobol.Analyse(["a", "b", "c"], x => x[0] + (2 * x[1]) + (3 * x[2]), Precise with { Estimator = estimator });

        Covers(analysis, [1.0 / 14, 4.0 / 14, 9.0 / 14], [1.0 / 14, 4.0 / 14, 9.0 / 14], 0.15);
    }

    [Fact]
    public void Estimate_SmallDesign_IsWhatCoinrGives()
    {
        // COINr 1.1.14, SA_estimate(y, N = 5, d = 3).
        var analysis = Sobol.Estimate(
            ["V1", "V2", "V3"],
            _outputs,
            new()
            {
                Samples = 5,
                Resamples = 0,
                Estimator = FirstOrderEstimator.Saltelli,
            }
        );

        Assert.Equal(6.322222222222222, analysis.Variance, 1e-12);
        double[] first = [0.56942003514938488, 0.63268892794376097, 0.12653778558875220];
        double[] total = [0.173989455184534264, 0.680140597539543035, 0.011862917398945518];
        Assert.Equal(first, analysis.Inputs.Select(index => index.FirstOrder.Value), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(total, analysis.Inputs.Select(index => index.Total.Value), (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Fact]
    public void Estimate_JansensFirstOrder_IsItsFormula()
    {
        var analysis = Sobol.Estimate(["V1", "V2", "V3"], _outputs, new() { Samples = 5, Resamples = 0 });

        // Of V1: y_B − y_AB = 5, −3, −2, −2, −4; squares 25 + 9 + 4 + 4 + 16 = 58, a mean of 11.6.
        Assert.Equal(1 - (11.6 / 2 / analysis.Variance), analysis.Inputs[0].FirstOrder.Value, 1e-12);
        Assert.Equal(double.NaN, analysis.Inputs[0].FirstOrder.Low);
    }

    [Fact]
    public void Estimate_PointWithoutAnOutput_IsLeftOut()
    {
        // The sixth point lacks an output in the design's last row alone.
        double[] outputs =
        [
            .. Enumerable.Range(0, 5).SelectMany(row => _outputs[(5 * row)..((5 * row) + 5)].Append(row == 4 ? double.NaN : 3)),
        ];

        var analysis = Sobol.Estimate(["V1", "V2", "V3"], outputs, new() { Samples = 6, Resamples = 0 });

        Assert.Equal(5, analysis.Samples);
        Assert.Equal(
            Sobol.Estimate(["V1", "V2", "V3"], _outputs, new() { Samples = 5, Resamples = 0 }).Inputs.Select(index => index.Total.Value),
            analysis.Inputs.Select(index => index.Total.Value)
        );
    }

    [Fact]
    public void Estimate_OutputThatDoesNotVary_OwesNothingToAnyInput()
    {
        var analysis = Sobol.Estimate(["a"], [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], new() { Samples = 4 });

        Assert.Equal((0, 0, 0), (analysis.Variance, analysis.Inputs[0].FirstOrder.Value, analysis.Inputs[0].Total.High));
    }

    [Fact]
    public void Analyse_MorePoints_NarrowTheIntervals()
    {
        var few = Sobol.Analyse(["x1", "x2", "x3"], Ishigami, new() { Samples = 256 });
        var many = Sobol.Analyse(["x1", "x2", "x3"], Ishigami, new() { Samples = 4096 });

        // A sixteenth of the variance: about a quarter of the width.
        foreach (var (wide, narrow) in few.Inputs.Zip(many.Inputs))
            Assert.InRange((narrow.Total.High - narrow.Total.Low) / (wide.Total.High - wide.Total.Low), 0.15, 0.4);
    }

    [Fact]
    public void Analyse_SameSeed_GivesTheSameBits()
    {
        var options = new SobolOptions { Samples = 64, Seed = 3 };
        var (a, b) = (Sobol.Analyse(["x1", "x2", "x3"], Ishigami, options), Sobol.Analyse(["x1", "x2", "x3"], Ishigami, options));

        Assert.Equal(a.Inputs.AsEnumerable(), b.Inputs);
        Assert.NotEqual(a.Inputs.AsEnumerable(), Sobol.Analyse(["x1", "x2", "x3"], Ishigami, options with { Seed = 4 }).Inputs);
    }

    [Fact]
    public void Estimate_WrongNumberOfOutputs_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Sobol.Estimate(["a"], new double[11], new() { Samples = 4 }));

    [Fact]
    public void Estimate_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => Sobol.Estimate(["a"], new double[12], new() { Samples = 4 }, new(canceled: true)));

    private static SobolOptions Precise =>
        new()
        {
            Samples = 4096,
            Seed = 11,
            Confidence = 0.99,
            Resamples = 1000,
        };

    private static double Ishigami(double[] x)
    {
        var (a, b, c) = (Angle(x[0]), Angle(x[1]), Angle(x[2]));
        return Math.Sin(a) + (7 * Math.Sin(b) * Math.Sin(b)) + (0.1 * Math.Pow(c, 4) * Math.Sin(a));

        static double Angle(double share) => Math.PI * ((2 * share) - 1);
    }

    private static void Covers(SobolAnalysis analysis, double[] first, double[] total, double width)
    {
        for (var i = 0; i < first.Length; i++)
        {
            var index = analysis.Inputs[i];
            Assert.InRange(first[i], index.FirstOrder.Low, index.FirstOrder.High);
            Assert.InRange(total[i], index.Total.Low, index.Total.High);
            Assert.InRange(index.FirstOrder.Value, index.FirstOrder.Low, index.FirstOrder.High);
            Assert.InRange(index.Total.High - index.Total.Low, 0, width);
        }
    }
}
