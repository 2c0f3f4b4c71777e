using System.Text.Json;
using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Scoring;

public class ScoreTests
{
    private const string Csv = """
        code,name,a.ln,a.ln:se,b,group:region
        first,One,1.5,0.2,3,north
        second,Two,NA,,4,
        """;

    [Fact]
    public async Task Score_AFile_SendsValuesErrorsAndGroups()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("score", folder.Write("v.csv", Csv), "--framework", "un/versions/3");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<ScoreUnitsRequest>());
        Assert.Equal("frameworks/un/versions/3", request.Framework.Name);
        Assert.Equal(["first", "second"], request.Units.Select(unit => unit.Code));
        Assert.Equal(
            [("a.ln", 1.5, true, 0.2), ("b", 3, false, 0)],
            request.Units[0].Values.Select(value => (value.Indicator, value.Value, value.HasStandardError, value.StandardError))
        );
        Assert.Equal(("b", 4), (Assert.Single(request.Units[1].Values).Indicator, request.Units[1].Values[0].Value));
        Assert.Equal(("north", 0), (request.Units[0].Groups["region"], request.Units[1].Groups.Count));
    }

    [Fact]
    public async Task Score_AFile_PrintsTheHighestFirstAndThoseWithoutAScoreLast()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("v.csv", Csv);

        var run = await suite.EwAsync("score", file, "--framework", "un");
        var json = await suite.EwAsync("score", file, "--framework", "un", "--json");

        Assert.Contains("second", run.Lines[1], StringComparison.Ordinal);
        Assert.Contains("61.25", run.Lines[1], StringComparison.Ordinal);
        Assert.Contains("insufficient data", run.Lines[2], StringComparison.Ordinal);
        Assert.Equal(["first", "second"], json.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Score_UnderADefinitionInAFile_SendsIt()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var definition = folder.Write(
            "f.yaml",
            """
            name: frameworks/draft
            display_name: Draft
            logistic: { intercept: -2.5, coefficients: [{ indicator: b, value: 0.5 }] }
            bands: [{ level: low }]
            """
        );

        await suite.EwAsync("score", folder.Write("v.csv", Csv), "--framework", definition);

        var sent = Assert.Single(suite.Answers.Requests<ScoreUnitsRequest>()).Framework.Definition;
        Assert.Equal(("frameworks/draft", -2.5, 0.5), (sent.Name, sent.Logistic.Intercept, sent.Logistic.Coefficients[0].Value));
    }

    [Theory]
    [InlineData("first,One,1.5", "first,One,1;5", "v.csv, line 2, column a.ln: '1;5' is not a number")]
    [InlineData("second,", ",", "v.csv, line 3, column code: there is no code")]
    [InlineData("code,", "unit,", "has no column country, code or uCode")]
    [InlineData("a.ln:se", "c:se", "has the column 'c:se' and no column 'c'")]
    public async Task Score_AFileWithAFault_NamesIt(string right, string wrong, string expected)
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "score",
            folder.Write("v.csv", Csv.Replace(right, wrong, StringComparison.Ordinal)),
            "--framework",
            "un"
        );

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(suite.Answers.Requests<ScoreUnitsRequest>());
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ScoreUnitsRequest>(_ => new ScoreUnitsResponse
        {
            Scores =
            {
                new UnitScore { Code = "first", Coverage = 0.25 },
                new UnitScore
                {
                    Code = "second",
                    Score = 61.25,
                    Level = "high",
                    Coverage = 1,
                    Rank = 1,
                    Interval = new()
                    {
                        Lower = 50,
                        Upper = 70,
                        Probability = 0.9,
                    },
                },
            },
        });
        return suite;
    }
}
