using EarlyWarning.Cli.Scoring;
using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Scoring;

public class UncertaintyTests
{
    [Fact]
    public async Task Uncertainty_OfSomeCountries_SendsWhatIsDrawn()
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync(
            "uncertainty",
            "--framework",
            "un",
            "--countries",
            "xaa,XAB",
            "--weight-noise",
            "0.25",
            "--without-missing-data",
            "--draws",
            "500",
            "--seed",
            "18446744073709551615",
            "--confidence",
            "0.8",
            "--as-of",
            "2025-06-30",
            "--method",
            "aggregation=geometric",
            "--method",
            "normalisation=z-score@growth"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<QuantifyUncertaintyRequest>());
        Assert.Equal(("frameworks/un", 500, ulong.MaxValue, 0.8), (request.Parent, request.Draws, request.Seed, request.Confidence));
        Assert.Equal(["XAA", "XAB"], request.Countries);
        Assert.Equal(
            (0.25, true, false),
            (request.Uncertainties.WeightNoise, request.Uncertainties.WithoutMissingData, request.Uncertainties.WithoutObservationErrors)
        );
        Assert.Equal([Aggregation.Geometric, default], request.Uncertainties.Methods.Select(method => method.Aggregation));
        Assert.Equal(
            ("growth", Normalisation.MethodOneofCase.ZScore),
            (request.Uncertainties.Methods[1].Code, request.Uncertainties.Methods[1].Normalisation.MethodCase)
        );
        Assert.Equal(new DateTime(2025, 6, 30), request.AsOf.ToDateTime());
    }

    [Fact]
    public async Task Uncertainty_OfAll_DrawsRangesOnOneScale()
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync("uncertainty", "--framework", "un");

        Assert.Contains(run.Lines, line =>
            line.Contains("XAA", StringComparison.Ordinal)
            && line.Contains("1–3", StringComparison.Ordinal)
            && line.Contains("high 62 %, elevated 38 %", StringComparison.Ordinal)
            && !line.Contains("low", StringComparison.Ordinal)
            && line.Contains("[-------|------]", StringComparison.Ordinal)
        );
        Assert.Contains(
            "frameworks/un/versions/2, 1 country at catalogue revision 12, 10,000 draws with seed 7, kept from before, key abc",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0, 5, 10, "[---------------|--------------]")]
    [InlineData(0, double.NaN, 10, "[------------------------------]")]
    [InlineData(2, 2, 4, "      |-----]")]
    [InlineData(5, 5, 5, "                |")]
    [InlineData(-9, 20, 30, "[------------------------------|")]
    public void Range_OnAScale_ShowsEndsAndMiddle(double lower, double middle, double upper, string expected) =>
        Assert.Equal(expected, RangeChart.Range(lower, middle, upper, from: 0, to: 10));

    [Fact]
    public void Range_OnAScaleWithoutWidth_IsEmpty() => Assert.Empty(RangeChart.Range(1, 1, 1, from: 1, to: 1));

    [Fact]
    public async Task Sensitivity_OfOneCountrysScore_SendsItAndPrintsIndices()
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync(
            "sensitivity",
            "--framework",
            "un",
            "--of",
            "score",
            "--country",
            "XAA",
            "--detailed",
            "--base-draws",
            "128",
            "--weight-noise",
            "0.1"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<AnalyseSensitivityRequest>());
        Assert.Equal(
            ("frameworks/un", "XAA", SensitivityOutput.Score, true, 128),
            (request.Parent, request.Country, request.Output, request.Detailed, request.BaseDraws)
        );
        Assert.Contains(run.Lines, line =>
            line.StartsWith("weights", StringComparison.Ordinal)
            && line.Contains(new string('#', 16), StringComparison.Ordinal)
            && line.Contains("0.4–0.6", StringComparison.Ordinal)
        );
        Assert.Contains("standard deviation 2", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--of score and --of rank need a --country", "--of", "rank")]
    [InlineData("--country needs --of score or --of rank", "--country", "XAA")]
    [InlineData("--method: 'aggregation=mean' is not a choice", "--method", "aggregation=mean")]
    [InlineData("--seed: '-1' is not a whole number", "--seed=-1")]
    public async Task Sensitivity_WithAFault_NamesIt(string expected, params string[] options)
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync(["sensitivity", "--framework", "un", .. options]);

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(suite.Answers.Requests<AnalyseSensitivityRequest>());
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        suite.Answers.On<QuantifyUncertaintyRequest>(_ => new QuantifyUncertaintyResponse
        {
            Scores =
            {
                new SimulatedScore
                {
                    Country = "XAA",
                    Score = 50,
                    Rank = 1,
                    RankLower = 1,
                    RankUpper = 3,
                    Interval = new()
                    {
                        Lower = 25,
                        Upper = 75,
                        Probability = 0.9,
                    },
                    Levels =
                    {
                        new LevelProbability { Level = "high", Probability = 0.62 },
                        new LevelProbability { Level = "elevated", Probability = 0.379 },
                        new LevelProbability { Level = "low", Probability = 0.001 },
                    },
                },
                new SimulatedScore
                {
                    Country = "XAB",
                    Interval = new()
                    {
                        Lower = 0,
                        Upper = 100,
                        Probability = 0.9,
                    },
                },
            },
            Computation = new()
            {
                Framework = "frameworks/un/versions/2",
                Draws = 10_000,
                Seed = 7,
                Cached = true,
                Key = "abc",
                CountryCount = 1,
                CatalogueRevision = 12,
            },
        });
        suite.Answers.On<AnalyseSensitivityRequest>(_ => new AnalyseSensitivityResponse
        {
            Indices =
            {
                new SobolIndex
                {
                    Input = "weights",
                    Total = 0.5,
                    TotalLower = 0.4,
                    TotalUpper = 0.6,
                    FirstOrder = 0.3,
                },
            },
            Variance = 4,
            Mean = 1,
        });
        return suite;
    }
}
