using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;
using static EarlyWarning.Engine.Tests.Infrastructure.Draws;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Uncertainty;

public class SensitivityTests
{
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);

    private static readonly CompiledFramework _framework = CompiledFramework.Compile(
        Framework(Node("index", _skip, Node("f", _skip, Leaf("a"), Leaf("b")), Leaf("c")))
    );

    private static readonly SobolOptions _precise = new()
    {
        Samples = 4096,
        Confidence = 0.99,
        Seed = 8,
    };

    [Fact]
    public void Analyse_ErrorsOfObservation_ShareTheVarianceByTheirSquares()
    {
        // ¼·4 = 1 and ¼·8 = 2 below f, ½·4 = 2 of c: 1 + 4 of 9, and 4 of 9.
        var index = Score(
            new() { Uncertainties = new(), Factors = [new ObservationsFactor("f"), new ObservationsFactor("c")] },
            Country("XXX", ("a", 50, 4), ("b", 50, 8), ("c", 50, 4))
        );

        Assert.Equal(9, index.Variance, 0.4);
        Covers([5.0 / 9, 4.0 / 9], [5.0 / 9, 4.0 / 9], index);
    }

    [Fact]
    public void Analyse_MissingIndicator_IsASourceLikeAnError()
    {
        // b beside a at 50 is anything from 0 to 100, a quarter of the index: 25²/12; half of c's error has the variance 5².
        var model = CompiledFramework.Compile(Framework(Node("index", _skip, Node("f", _skip, Leaf("a"), Leaf("b")), Leaf("c"))));

        var index = Score(
            model,
            new() { Uncertainties = new(), Factors = [new ObservationsFactor("f"), new ObservationsFactor("c")] },
            Country("XXX", ("a", 50, 0), ("c", 50, 10))
        );

        var (missing, error) = (625 / 12.0, 25.0);
        Covers([missing / (missing + error), error / (missing + error)], [missing / (missing + error), error / (missing + error)], index);
    }

    [Fact]
    public void Analyse_ChoiceAndWeight_InteractWhereTheyMeet()
    {
        // With b's weight u from 0.5 to 1.5 the score of f is s = 100·u/(1 + u); the index is s where c is left out and s/2 where it is
        // not.
        var options = new MonteCarloOptions
        {
            Weights = [new UniformWeightNoise(1, 0.5)],
            Choices = [new("c", [MethodOption.AsIs(), MethodOption.OfTree("without", tree => tree.Without("c"))])],
        };

        var index = Score(
            new() { Uncertainties = options, Factors = [new ChoiceFactor("c"), new WeightFactor("b")] },
            Country("XXX", ("a", 0, 0), ("b", 100, 0), ("c", 0, 0))
        );

        // V = ⅝·E s² − (¾·E s)², of which the choice alone makes (E s)²/16 and the weight alone 9/16·Var s.
        var (mean, square) = Moments(u => 100 * u / (1 + u));
        var variance = (square * 0.625) - (0.5625 * mean * mean);
        var (choice, weight) = (mean * mean / 16 / variance, 0.5625 * (square - (mean * mean)) / variance);
        Covers([choice, weight], [1 - weight, 1 - choice], index);
    }

    [Fact]
    public void Analyse_RanksAndScores_AreOfOneDesign()
    {
        CountryValues[] countries =
        [
            Country("A", ("a", 50, 4), ("b", 50, 4), ("c", 50, 8)),
            Country("B", ("a", 52, 1), ("b", 50, 1), ("c", 49, 1)),
            Country("C", ("a", 40, 9)),
        ];
        var options = new SensitivityOptions
        {
            Uncertainties = new() { Weights = [new UniformWeightNoise(null, 0.3)] },
            Factors = [new ObservationsFactor(null), new WeightsFactor(null)],
            Outputs = [SensitivityOutput.MeanRankShift, new(SensitivityOutputKind.Score, "A"), new(SensitivityOutputKind.Rank, "B")],
            Sobol = _precise with { Samples = 300 },
        };

        var results = Sensitivity.Analyse(_framework, [.. countries], options);
        var alone = Sensitivity.Analyse(_framework, [.. countries], options with { Outputs = [new(SensitivityOutputKind.Score, "A")] });

        Assert.Equal(options.Outputs, results.Select(result => result.Output));
        Assert.Equal(results[1].Analysis.Inputs.AsEnumerable(), alone[0].Analysis.Inputs);
        Assert.InRange(results[2].Analysis.Mean, 1, 3);
        Assert.InRange(results[0].Analysis.Mean, 0.05, 2);
        Assert.All(results, result => Assert.True(result.Analysis.Inputs[0].Total.Value > result.Analysis.Inputs[1].Total.Value));
    }

    [Fact]
    public void Analyse_MeanRankShift_IsItsDefinition()
    {
        CountryValues[] countries =
        [
            .. Enumerable.Range(0, 6).Select(number => Country($"C{number}", ("a", 40 + number, 5), ("b", 50, 5), ("c", 50, 5))),
        ];
        var sobol = _precise with { Samples = 64, Resamples = 0 };
        var options = new SensitivityOptions
        {
            Uncertainties = new(),
            Factors = [new ObservationsFactor("f"), new ObservationsFactor("c")],
            Sobol = sobol,
        };
        var draws = new MonteCarloOptions { Seed = sobol.Seed, Draws = 64 };
        var second = new SampleSelection([true, true, true], [true, true, true, true], [], [true, true]);
        double[][][] samples = [Of(_framework, draws, countries), Of(_framework, draws, second, countries)];

        var analysis = Sensitivity.Analyse(_framework, [.. countries], options)[0].Analysis;

        // By the point scores C5 is first and C0 last.
        var shifts = samples
            .SelectMany(scores =>
                Enumerable
                    .Range(0, 64)
                    .Select(draw =>
                        scores
                            .Select((own, country) => (double)Math.Abs(scores.Count(other => other[draw] > own[draw]) - (5 - country)))
                            .Average()
                    )
            )
            .ToArray();
        Assert.Equal(shifts.Average(), analysis.Mean, 1e-12);
        Assert.Equal(shifts.Sum(shift => (shift - shifts.Average()) * (shift - shifts.Average())) / 127, analysis.Variance, 1e-12);
    }

    [Fact]
    public void AllOf_Options_NamesWhatIsUnsure()
    {
        var options = new MonteCarloOptions
        {
            Weights = [new UniformWeightNoise(null, 0.1)],
            Choices =
            [
                new("c", [MethodOption.AsIs(), MethodOption.OfTree("without", tree => tree.Without("c"))]),
                new("none", [MethodOption.AsIs()]),
            ],
        };

        Assert.Equal(
            ["c", "weights of level 1", "weights of level 2", "observations of f", "observations of c"],
            SensitivityFactor.AllOf(_framework, options).Select(factor => factor.Name)
        );
        Assert.Equal(
            ["c", "weights", "observations"],
            SensitivityFactor.AllOf(_framework, options, isDetailed: false).Select(factor => factor.Name)
        );
        options = options with { ObservationErrors = false, Missing = MissingDraw.Policy };
        Assert.Equal(["c", "weights"], SensitivityFactor.AllOf(_framework, options, isDetailed: false).Select(factor => factor.Name));
    }

    [Fact]
    public void Analyse_OptionsThatMakeNoSense_AreRefused()
    {
        Refuses([new ObservationsFactor(null)], SensitivityOutput.MeanRankShift);
        Refuses([new ObservationsFactor("f"), new ObservationsFactor("a")], SensitivityOutput.MeanRankShift);
        Refuses([new ObservationsFactor("f"), new ObservationsFactor("f")], SensitivityOutput.MeanRankShift);
        Refuses([new ObservationsFactor("f"), new ObservationsFactor("c")], new(SensitivityOutputKind.Score, "YYY"));

        static void Refuses(SensitivityFactor[] factors, SensitivityOutput output) =>
            Assert.Throws<ArgumentException>(() =>
                Sensitivity.Analyse(
                    _framework,
                    [Country("XXX", ("a", 50, 1))],
                    new()
                    {
                        Uncertainties = new(),
                        Factors = [.. factors],
                        Outputs = [output],
                    }
                )
            );
    }

    [Fact]
    public void Analyse_Denominator_GoesWithWhatItDivides()
    {
        var framework = CompiledFramework.Compile(MixedFrameworks.All["denominated"]);

        Assert.True(new ObservationsFactor("a").HasValue(framework, "people"));
        Assert.True(new ObservationsFactor("index").HasValue(framework, "people"));
        Assert.False(new ObservationsFactor("people").HasValue(framework, "a"));
    }

    private static SobolAnalysis Score(SensitivityOptions options, CountryValues country) => Score(_framework, options, country);

    private static SobolAnalysis Score(CompiledFramework framework, SensitivityOptions options, CountryValues country) =>
        Sensitivity
            .Analyse(framework, [country], options with { Sobol = _precise, Outputs = [new(SensitivityOutputKind.Score, "XXX")] })[0]
            .Analysis;

    /// <summary>The mean and the mean square over u from 0.5 to 1.5, by the rule of midpoints.</summary>
    private static (double Mean, double Square) Moments(Func<double, double> output)
    {
        var values = Enumerable.Range(0, 10_000).Select(i => output(0.5 + ((i + 0.5) / 10_000))).ToArray();
        return (values.Average(), values.Average(value => value * value));
    }

    private static void Covers(double[] first, double[] total, SobolAnalysis analysis)
    {
        for (var i = 0; i < first.Length; i++)
        {
            Assert.InRange(first[i], analysis.Inputs[i].FirstOrder.Low, analysis.Inputs[i].FirstOrder.High);
            Assert.InRange(total[i], analysis.Inputs[i].Total.Low, analysis.Inputs[i].Total.High);
            Assert.InRange(analysis.Inputs[i].FirstOrder.High - analysis.Inputs[i].FirstOrder.Low, 0, 0.15);
        }
    }

    private sealed record WeightFactor(string Element) : SensitivityFactor(Element)
    {
        internal override bool HasWeight(CompiledFramework framework, string element) => element == Element;
    }
}
