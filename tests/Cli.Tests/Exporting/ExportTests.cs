using System.Text.Json;
using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Tests.Exporting;

public class ExportTests
{
    [Fact]
    public async Task Scores_AsHxl_HaveARowOfHashtagsUnderTheHeader()
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync("export", "scores", "--framework", "un", "--at", "2025-12-31", "--format", "hxl");

        Assert.Equal((0, "ew: 1 country ranked, 1 with insufficient data, at catalogue revision 7.\n"), (run.Code, run.Error));
        Assert.Equal(
            [
                "country,country_name,rank,score,data,level,level_at_least,deciding_node,likeliest_level,lower,upper,range_probability,"
                    + "unknown_error_share,coverage,trend,at,framework,life-and.work",
                "#country+code+v_iso3,#country+name,#indicator+rank+num,#indicator+value+num,#indicator+data+state,#indicator+level+name,"
                    + "#indicator+level+min+name,#indicator+level+node,#indicator+level+likeliest+name,#indicator+value+num+min,"
                    + "#indicator+value+num+max,"
                    + "#indicator+probability+num,#indicator+error_unknown+num,#indicator+coverage+num,#indicator+change+num,#date,"
                    + "#meta+framework,#indicator+value+num+node+life_and_work",
                "XAA,\"Aland, Kingdom of\",1,71.25555555555556,sufficient,high,,risk,,60,80,0.9,0.2,0.75,-1.5,2025-12-31T00:00:00Z,"
                    + "frameworks/un/versions/1,33.3",
                "XAB,Beland,,,insufficient,,high,r10,,,,,,0.1,,2025-12-31T00:00:00Z,frameworks/un/versions/1,",
            ],
            run.Lines
        );
    }

    [Fact]
    public async Task Scores_AsCsvToAFile_AskOneMomentOfAll()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("export", "scores", "--framework", "un", "--out", folder.In("s.csv"));

        Assert.Equal((0, ""), (run.Code, run.Out));
        var lines = File.ReadAllLines(folder.In("s.csv"));
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("XAA,", lines[1], StringComparison.Ordinal);
        var at = Assert.Single(suite.Answers.Requests<RankCountriesRequest>()).At;
        Assert.NotNull(at);
        Assert.All(suite.Answers.Requests<GetCountryRiskRequest>(), request => Assert.Equal(at, request.At));
    }

    [Fact]
    public async Task Scores_CountryThatDidNotAnswer_IsNamed()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<RankCountriesRequest>(_ => new RankCountriesResponse { CatalogueRevision = 7, Unreached = { "XAD", "XAE" } });

        var run = await suite.EwAsync("export", "scores", "--framework", "un");

        Assert.EndsWith("ew: Not in the export, because they did not answer: XAD, XAE.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_OfAll_SaysOfHowManyAsOfWhichCatalogue()
    {
        await using var suite = await SuiteAsync();
        var revision = 7;
        suite.Answers.On<ListRiskHistoryRequest>(request => new ListRiskHistoryResponse
        {
            CatalogueRevision = request.Name.EndsWith("XAC", StringComparison.Ordinal) ? revision : 7,
            Changes =
            {
                Enumerable.Repeat(new RiskChange { Time = new() }, request.Name.EndsWith("XAB", StringComparison.Ordinal) ? 0 : 2),
            },
        });

        var run = await suite.EwAsync("export", "history", "--framework", "un", "--after", "xac=3,XAA=5", "--after", "XAC=4");
        revision = 8;
        var changed = await suite.EwAsync("export", "history", "--framework", "un");

        Assert.Equal((0, "ew: 4 changes of 2 of 3 countries asked, at catalogue revision 7.\n"), (run.Code, run.Error));
        Assert.Contains("at catalogue revision 7 to 8.", changed.Error, StringComparison.Ordinal);
        Assert.Equal([5, 0, 4], suite.Answers.Requests<ListRiskHistoryRequest>().Take(3).Select(request => request.MinimumRevision));
    }

    [Fact]
    public async Task History_OfTwoCountries_IsInOrderOfTime()
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync(
            "export",
            "history",
            "--framework",
            "un",
            "--countries",
            "XAA,XAB",
            "--from",
            "2025-01-01",
            "--format",
            "hxl"
        );
        var json = await suite.EwAsync("export", "history", "--framework", "un", "--countries", "XAA", "--json");

        Assert.Equal(
            [
                "time,country,score,data,level,level_at_least,deciding_node,coverage,framework",
                "#date,#country+code+v_iso3,#indicator+value+num,#indicator+data+state,#indicator+level+name,#indicator+level+min+name,"
                    + "#indicator+level+node,#indicator+coverage+num,#meta+framework",
                "2025-02-01T00:00:00Z,XAA,50,sufficient,high,,risk,0.5,frameworks/un/versions/1",
                "2025-02-01T00:00:00Z,XAB,50,sufficient,high,,risk,0.5,frameworks/un/versions/1",
                "2025-03-01T00:00:00Z,XAA,,insufficient,,,,0.25,frameworks/un/versions/1",
                "2025-03-01T00:00:00Z,XAB,,insufficient,,,,0.25,frameworks/un/versions/1",
            ],
            run.Lines
        );
        Assert.Equal("XAA", JsonDocument.Parse(json.Lines[0]).RootElement.GetProperty("country").GetString());
        Assert.All(suite.Answers.Requests<ListRiskHistoryRequest>().Take(2), request =>
            Assert.Equal(new DateTime(2025, 1, 1), request.From.ToDateTime())
        );
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        suite.Answers.On<RankCountriesRequest>(request => new RankCountriesResponse
        {
            RankedCount = 1,
            InsufficientCount = 1,
            CatalogueRevision = 7,
            Risks =
            {
                new CountryRisk
                {
                    Country = "XAA",
                    CountryName = "Aland, Kingdom of",
                    Rank = 1,
                    State = DataState.Sufficient,
                    Score = 71.25555555555556,
                    Level = "high",
                    DecidingNode = "risk",
                    UnknownErrorShare = 0.2,
                    Coverage = 0.75,
                    Trend = -1.5,
                    At = request.At,
                    Framework = "frameworks/un/versions/1",
                    Interval = new()
                    {
                        Lower = 60,
                        Upper = 80,
                        Probability = 0.9,
                    },
                },
            },
            Insufficient =
            {
                new CountryRisk
                {
                    Country = "XAB",
                    CountryName = "Beland",
                    State = DataState.Insufficient,
                    LevelAtLeast = "high",
                    DecidingNode = "r10",
                    Coverage = 0.1,
                    At = request.At,
                    Framework = "frameworks/un/versions/1",
                },
            },
        });
        suite.Answers.On<GetCountryRiskRequest>(request => new GetCountryRiskResponse
        {
            Risk = request.Name.EndsWith("XAA", StringComparison.Ordinal)
                ? new()
                {
                    Nodes =
                    {
                        new NodeScore { Code = "index", Score = 71 },
                        new NodeScore
                        {
                            Code = "life-and.work",
                            Depth = 1,
                            Score = 33.3,
                        },
                    },
                }
                : new()
                {
                    Nodes =
                    {
                        new NodeScore { Code = "index" },
                        new NodeScore { Code = "life-and.work", Depth = 1 },
                    },
                },
        });
        suite.Answers.On<ListRiskHistoryRequest>(_ => new ListRiskHistoryResponse
        {
            Changes =
            {
                new RiskChange
                {
                    Time = Timestamp.FromDateTime(new DateTime(2025, 3, 1, 0, 0, 0, DateTimeKind.Utc)),
                    Coverage = 0.25,
                    Framework = "frameworks/un/versions/1",
                },
                new RiskChange
                {
                    Time = Timestamp.FromDateTime(new DateTime(2025, 2, 1, 0, 0, 0, DateTimeKind.Utc)),
                    State = DataState.Sufficient,
                    Score = 50,
                    Level = "high",
                    DecidingNode = "risk",
                    Coverage = 0.5,
                    Framework = "frameworks/un/versions/1",
                },
            },
        });
        return suite;
    }
}
