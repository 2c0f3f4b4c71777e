using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Scoring;

public class CompareTests
{
    private static readonly RankingDifference s_difference = new()
    {
        MeanAbsoluteShift = 1.25,
        LargestShift = 4,
        Spearman = 0.98,
        Kendall = 0.9,
        LevelChanges = 1,
        Countries =
        {
            new ScoreShift
            {
                Country = "XAA",
                RankBefore = 5,
                RankAfter = 1,
                ScoreBefore = 40,
                ScoreAfter = 60,
                LevelBefore = "moderate",
                LevelAfter = "high",
            },
            new ScoreShift
            {
                Country = "XAB",
                RankBefore = 2,
                RankAfter = 2,
                ScoreBefore = 50,
                ScoreAfter = 50,
                LevelBefore = "high",
                LevelAfter = "high",
            },
        },
    };

    [Fact]
    public async Task Compare_TwoVersions_PrintsWhatShifts()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<CompareFrameworksRequest>(_ => new CompareFrameworksResponse { Difference = s_difference });

        var run = await suite.EwAsync("compare", "un/versions/1", "frameworks/un", "--top", "1", "--at", "2025-12-31");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<CompareFrameworksRequest>());
        Assert.Equal(("frameworks/un/versions/1", "frameworks/un"), (request.Before.Name, request.After.Name));
        Assert.Contains(
            "ranks shift by 1.25 on average and 4 at most; Spearman 0.98, Kendall 0.9; 1 change their level",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(run.Lines, line =>
            line.Contains("-4", StringComparison.Ordinal)
            && line.Contains("XAA", StringComparison.Ordinal)
            && line.Contains("high", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("XAB", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rebase_DryRun_SaysWhatItWouldChange()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<RebaseFrameworkRequest>(_ => new RebaseFrameworkResponse
        {
            Framework = new()
            {
                Name = "frameworks/asem/versions/2",
                Composite = new()
                {
                    ReferenceSet = new()
                    {
                        Units =
                        {
                            new ReferenceUnit { Code = "XAA" },
                            new ReferenceUnit { Code = "XAB" },
                        },
                    },
                },
            },
            Difference = s_difference,
        });

        var dry = await suite.EwAsync("rebase", "asem", "--at", "2025-12-31", "--countries", "XAA,XAB", "--reason", "Yearly", "--dry-run");
        var real = await suite.EwAsync("rebase", "asem");

        var request = suite.Answers.Requests<RebaseFrameworkRequest>()[0];
        Assert.Equal(
            ("frameworks/asem", "Yearly", true, new DateTime(2025, 12, 31)),
            (request.Name, request.Description, request.ValidateOnly, request.At.ToDateTime())
        );
        Assert.Equal(["XAA", "XAB"], request.Countries);
        Assert.Contains("would stand on 2 countries; nothing was changed", dry.Out, StringComparison.Ordinal);
        Assert.Contains("frameworks/asem/versions/2: active, on 2 countries", real.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choices_SomeThatCannotBeTaken_SaysWhy()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<AnalyseChoicesRequest>(_ => new AnalyseChoicesResponse
        {
            Effects =
            {
                new AnalyseChoicesResponse.Types.ChoiceEffect { DisplayName = "equal weights", Difference = s_difference },
                new AnalyseChoicesResponse.Types.ChoiceEffect { DisplayName = "geometric", Problem = "A value may be 0." },
            },
        });

        var run = await suite.EwAsync(
            "choices",
            "--framework",
            "asem",
            "--method",
            "weighting=equal",
            "--method",
            "without=conn",
            "--method",
            "without-treatment",
            "--method",
            "aggregation=generalised:0.5@index"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        var choices = Assert.Single(suite.Answers.Requests<AnalyseChoicesRequest>()).Choices;
        Assert.Equal(
            new MethodChoice[]
            {
                new() { Weighting = WeightingMethod.Equal },
                new() { Code = "conn", WithoutElement = true },
                new() { WithoutTreatment = true },
                new()
                {
                    Aggregation = Aggregation.Generalised,
                    Exponent = 0.5,
                    Code = "index",
                },
            },
            choices
        );
        Assert.Contains(run.Lines, line =>
            line.StartsWith("equal weights", StringComparison.Ordinal) && line.Contains("XAA 5→1", StringComparison.Ordinal)
        );
        Assert.Contains(run.Lines, line =>
            line.StartsWith("geometric", StringComparison.Ordinal) && line.Contains("A value may be 0.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Optimise_ALevel_PrintsWeightsAndWhetherTheSearchEnded()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<OptimiseWeightsRequest>(_ => new OptimiseWeightsResponse
        {
            Weights = { 0.25, 0.75 },
            Correlations = { 0.4, 0.6 },
        });

        var run = await suite.EwAsync(
            "weights",
            "optimise",
            "asem",
            "--codes",
            "conn,sust",
            "--influences",
            "2,1",
            "--correlation",
            "kendall",
            "--tolerance",
            "0.01",
            "--evaluations",
            "50"
        );
        var uneven = await suite.EwAsync("weights", "optimise", "asem", "--codes", "conn,sust", "--influences", "2");

        var request = Assert.Single(suite.Answers.Requests<OptimiseWeightsRequest>());
        Assert.Equal(
            ("frameworks/asem", Correlation.Kendall, 0.01, 50),
            (request.Framework.Name, request.Correlation, request.Tolerance, request.MaximumEvaluations)
        );
        Assert.Equal(["conn", "sust"], request.Codes);
        Assert.Equal([2, 1], request.Influences);
        Assert.Contains(run.Lines, line =>
            line.StartsWith("sust", StringComparison.Ordinal)
            && line.Contains("0.75", StringComparison.Ordinal)
            && line.Contains("0.6", StringComparison.Ordinal)
        );
        Assert.Contains("The search ended at its limit", run.Out, StringComparison.Ordinal);
        Assert.Equal(2, uneven.Code);
        Assert.Contains("--influences has 1 numbers and --codes 2 codes", uneven.Error, StringComparison.Ordinal);
    }
}
