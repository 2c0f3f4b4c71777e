using System.Text.Json;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests;

public class RankTests
{
    [Fact]
    public async Task Rank_SeveralPages_PrintsAllOfThem()
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync("rank", "--framework", "un");

        Assert.Equal(0, run.Code);
        Assert.Equal("frameworks/un/versions/1", run.Lines[0]);
        Assert.Equal("2 countries ranked, 1 with insufficient data, at catalogue revision 7", run.Lines[1]);
        Assert.Contains(run.Lines, line =>
            line.Contains("XAA", StringComparison.Ordinal)
            && line.Contains("71.26", StringComparison.Ordinal)
            && line.Contains("2 firing", StringComparison.Ordinal)
        );
        Assert.Contains(run.Lines, line =>
            line.StartsWith("insufficient data (1)", StringComparison.Ordinal)
            && line.Contains("does not mean a low risk", StringComparison.Ordinal)
        );
        Assert.Contains("XAC", run.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("not known", run.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(["", "2"], suite.Answers.Requests<RankCountriesRequest>().Select(request => request.PageToken));
    }

    [Fact]
    public async Task Rank_TopInJson_GivesOneObjectALineAndNoMore()
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync(
            "rank",
            "--framework",
            "un",
            "--top",
            "1",
            "--at",
            "2021-12-31",
            "--as-of",
            "2022-01-01T12:00:00Z",
            "--json"
        );

        var risk = JsonDocument.Parse(Assert.Single(run.Lines)).RootElement;
        Assert.Equal("XAA", risk.GetProperty("country").GetString());
        Assert.Equal(71.2555, risk.GetProperty("score").GetDouble());
        Assert.Equal("ew: 2 more; --limit shows them.\n", run.Error);
        var request = suite.Answers.Requests<RankCountriesRequest>()[0];
        Assert.Equal(1, request.PageSize);
        Assert.Equal(new DateTime(2021, 12, 31), request.At.ToDateTime());
        Assert.Equal(new DateTime(2022, 1, 1, 12, 0, 0), request.AsOf.ToDateTime());
    }

    [Fact]
    public async Task Rank_CountryThatDidNotAnswer_IsNamed()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<RankCountriesRequest>(_ => new RankCountriesResponse { Unreached = { "XAD", "XAE" } });

        var run = await suite.EwAsync("rank", "--framework", "un");

        Assert.Equal("ew: Not in the ranking, because they did not answer: XAD, XAE.\n", run.Error);
    }

    [Fact]
    public async Task Rank_NoFrameworkNamed_TakesTheCompositeOne()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<ListFrameworksRequest>(_ => new ListFrameworksResponse
        {
            Frameworks =
            {
                new Framework { Name = "frameworks/ewp/versions/2", Logistic = new() },
                new Framework { Name = "frameworks/un/versions/3", Composite = new() },
            },
        });

        await suite.EwAsync("rank", "--top", "1");
        await suite.EwAsync(new Dictionary<string, string> { ["EW_FRAMEWORK"] = "other" }, "rank", "--top", "1");

        Assert.Equal(
            ["frameworks/un", "frameworks/other"],
            suite.Answers.Requests<RankCountriesRequest>().Select(request => request.Parent).Distinct()
        );
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, "1", false)]
    [InlineData(false, null, false)]
    public async Task Rank_OnATerminal_ColoursUnlessNoColorIsSet(bool isTerminal, string? noColor, bool colours)
    {
        await using var suite = await SuiteAsync();
        var environment = new Dictionary<string, string> { ["EW_ENDPOINT"] = suite.Endpoint };
        if (noColor is not null)
        {
            environment["NO_COLOR"] = noColor;
        }

        var run = await Run.OnAsync(
            new Terminal
            {
                Out = TextWriter.Null,
                Error = TextWriter.Null,
                IsTerminal = isTerminal,
                Width = 200,
                Time = new ImpatientTime(),
            },
            environment,
            ["rank", "--framework", "un", "--top", "1"]
        );

        Assert.Equal(colours, run.Out.Contains("\u001b[", StringComparison.Ordinal));
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        suite.Answers.On<RankCountriesRequest>(request =>
            request.PageToken.Length == 0
                ? new RankCountriesResponse { Risks = { Risk("XAA", 1, 71.2555, 2), Risk("XAB", 2, 12, 0) }, NextPageToken = "2" }
                : new RankCountriesResponse
                {
                    RankedCount = 2,
                    InsufficientCount = 1,
                    CatalogueRevision = 7,
                    Insufficient = { Risk("XAC", 0, null, 0) },
                }
        );
        return suite;
    }

    private static CountryRisk Risk(string country, int rank, double? score, int firing)
    {
        var risk = new CountryRisk
        {
            Country = country,
            CountryName = $"Country {country}",
            Framework = "frameworks/un/versions/1",
            State = score is null ? DataState.Insufficient : DataState.Sufficient,
            Coverage = 0.8,
            FiringThresholds = firing,
        };
        if (score is { } value)
        {
            (risk.Score, risk.Rank, risk.Level, risk.DecidingNodeName) = (value, rank, "high", "The index");
        }

        return risk;
    }
}
