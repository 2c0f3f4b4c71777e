using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Scoring;

public class ExactExplanationTests
{
    [Fact]
    public async Task Explain_Exact_PrintsContributionsNodesAndTheNearestChange()
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync("explain", "XAA", "--framework", "un", "--exact", "--baseline", "reference-mean");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<ExplainScoreRequest>());
        Assert.Equal(("frameworks/un/risks/XAA", Baseline.ReferenceMean), (request.Name, request.Baseline));
        Assert.Contains("from 30: the mean of the reference set", run.Out, StringComparison.Ordinal);
        Assert.Contains(run.Lines, line =>
            line.Contains("+12.5 ±0.1", StringComparison.Ordinal) && line.Contains("imputed", StringComparison.Ordinal)
        );
        Assert.Contains(run.Lines, line =>
            line.Contains("economy", StringComparison.Ordinal) && line.Contains("-2.5", StringComparison.Ordinal)
        );
        Assert.Contains("lower the level to moderate", run.Out, StringComparison.Ordinal);
        Assert.Contains("rank 3 among 40 countries with a rank, at catalogue revision 7", run.Out, StringComparison.Ordinal);
        Assert.Contains(run.Lines, line =>
            line.Contains("1200", StringComparison.Ordinal)
            && line.Contains("900", StringComparison.Ordinal)
            && line.Contains("12 %", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Explain_ARowOfAFile_SendsIt()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("v.csv", "code,a,b\nother,1,2\nmine,3,NA\n");

        var run = await suite.EwAsync("explain", "mine", "--values", file, "--framework", "un");
        var unknown = await suite.EwAsync("explain", "none", "--values", file, "--framework", "un");

        Assert.Equal((0, 2), (run.Code, unknown.Code));
        var subject = Assert.Single(suite.Answers.Requests<ExplainScoreRequest>()).AdHoc;
        Assert.Equal(("frameworks/un", "mine", 3), (subject.Framework.Name, subject.Unit.Code, Assert.Single(subject.Unit.Values).Value));
        Assert.Contains("has no row 'none'", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ExactWithSince_IsRefused()
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync("explain", "XAA", "--framework", "un", "--exact", "--since", "30d");

        Assert.Equal(2, run.Code);
        Assert.Contains("--since is not known with --exact", run.Error, StringComparison.Ordinal);
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ExplainScoreRequest>(_ => new ExplainScoreResponse
        {
            Explanation = new()
            {
                Score = new()
                {
                    Code = "XAA",
                    Score = 40,
                    Level = "high",
                    Coverage = 1,
                    Rank = 3,
                },
                Baseline = 30,
                BaselineDescription = "the mean of the reference set",
                Indicators =
                {
                    new Part
                    {
                        Code = "displacement",
                        Amount = 12.5,
                        StandardError = 0.1,
                        Value = 1200,
                        Imputed = true,
                    },
                    new Part { Code = "growth", Amount = -2.5 },
                },
                Nodes =
                {
                    new Part { Code = "economy", Amount = -2.5 },
                },
                Lowering =
                {
                    new NearestChange
                    {
                        Indicator = "displacement",
                        From = 1200,
                        To = 900,
                        ShareOfRange = 0.12,
                        Level = "moderate",
                    },
                },
                Sentence = "Displacement makes most of it.",
            },
            RankedCount = 40,
            CatalogueRevision = 7,
        });
        return suite;
    }
}
