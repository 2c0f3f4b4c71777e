using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Importing;

public class LongImportTests
{
    private const string Header = "country,indicator,value,observed_at,source,standard_error,confidence,revision,horizon,known_at\n";

    [Fact]
    public async Task Import_LongFormat_RecordsEveryColumn()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write(
            "o.csv",
            Header
                + """
                XAA,displacement,12.5,2026-01-02T03:04:05Z,field,0.5,,2,90d,2026-01-03
                xab,displacement,-1e3,2021,field,,0.9,,,
                """
        );

        var run = await suite.EwAsync("import", file, "--backfill");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("2 rows in", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 recorded", run.Out, StringComparison.Ordinal);
        Assert.All(suite.Observations.Backfills, Assert.True);
        var first = Assert.Single(suite.Observations.Recorded, one => one.Country == "XAA");
        Assert.Equal(
            (12.5, "field", 0.5, 2L, 90.0),
            (first.Value, first.Source, first.StandardError, first.Revision, first.Horizon.ToTimeSpan().TotalDays)
        );
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5), first.ObservedAt.ToDateTime());
        Assert.Equal(new DateTime(2026, 1, 3), first.KnownAt.ToDateTime());
        Assert.Equal("", first.ObservationId);
        var second = Assert.Single(suite.Observations.Recorded, one => one.Country == "XAB");
        Assert.Equal((-1000, 0.9), (second.Value, second.Confidence));
        Assert.Equal(new DateTime(2021, 12, 31), second.ObservedAt.ToDateTime());
    }

    [Fact]
    public async Task Import_RowsWithFaults_RecordsTheOthersAndNamesEachCauseWithItsLine()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Observations.Refuse = one =>
            one.Indicator == "nowhere"
                ? new ItemProblem
                {
                    Reason = "UNKNOWN_INDICATOR",
                    Field = "observations[0].indicator",
                    Message = "'nowhere' is not in the catalogue. Create it, or correct the code.",
                }
                : null;
        using var folder = new TemporaryFolder();
        var file = folder.Write(
            "o.csv",
            Header
                + """
                XAA,displacement,1,2021,field,,,,,
                QQQ,displacement,2,2021,field,,,,,
                XAA,displacement,two,2020,field,,,,,
                XAA,displacement,Infinity,2019,field,,,,,
                XAA,displacement,3,yesterday,field,,,,,
                XAA,nowhere,4,2021,field,,,,,
                XAA,nowhere,5,2020,field,,,,,
                XAA,displacement,6,2018
                XAA,displacement,7,2017,field,1,0.5,,,
                XAA,displacement,NA,2016,field,,,,,
                XAB,displacement,,2021,field,,,,,
                """
        );

        var run = await suite.EwAsync("import", file, "--rejects", folder.In("rejects.csv"));

        Assert.Equal(4, run.Code);
        Assert.Equal(1, Assert.Single(suite.Observations.Recorded).Value);
        Assert.Contains("1 recorded", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 empty", run.Out, StringComparison.Ordinal);
        Assert.Contains("8 rejected", run.Out, StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => Has(line, "UNKNOWN_COUNTRY", "country", "\t3\t", "'QQQ' is not the ISO 3166-1 alpha-3 code"));
        Assert.Contains(run.Lines, line => Has(line, "2", "UNKNOWN_INDICATOR", "indicator", "7 8", "'nowhere' is not in the catalogue."));
        Assert.Contains(run.Lines, line => Has(line, "VALUE_NOT_FINITE", "value", "\t5\t"));
        Assert.Contains(run.Lines, line => Has(line, "INVALID_FIELD", "observed_at", "\t6\t", "'yesterday' is not a time"));
        var rejects = await File.ReadAllLinesAsync(folder.In("rejects.csv"));
        Assert.Equal(Header.TrimEnd() + ",ew_line,ew_column,ew_reason,ew_problem", rejects[0]);
        Assert.Equal(9, rejects.Length);
        Assert.Contains(rejects, row =>
            row.StartsWith("QQQ,displacement,2,2021,field,,,,,,3,country,UNKNOWN_COUNTRY,", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Import_OfCorrectedRejects_RecordsThem()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("o.csv", "country,indicator,value,observed_at,source\nQQQ,displacement,2,2021,\"the field, north\"\n");
        await suite.EwAsync("import", file, "--rejects", folder.In("rejects.csv"));
        var corrected = (await File.ReadAllTextAsync(folder.In("rejects.csv"))).Replace("QQQ,", "XAC,", StringComparison.Ordinal);

        var run = await suite.EwAsync("import", folder.Write("corrected.csv", corrected), "--rejects", folder.In("none.csv"));

        Assert.Equal(0, run.Code);
        var recorded = Assert.Single(suite.Observations.Recorded);
        Assert.Equal(("XAC", "the field, north"), (recorded.Country, recorded.Source));
        Assert.Equal(
            "country,indicator,value,observed_at,source,ew_line,ew_column,ew_reason,ew_problem",
            (await File.ReadAllTextAsync(folder.In("none.csv"))).Trim()
        );
    }

    [Fact]
    public async Task Import_Twice_GivesDuplicatesOnly()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("o.csv", Csv(rows: 25));

        await suite.EwAsync("import", file);
        var again = await suite.EwAsync("import", file, "--json");

        Assert.Equal(25, suite.Observations.Recorded.Count);
        var summary = System.Text.Json.JsonDocument.Parse(again.Out).RootElement;
        Assert.Equal((25, 0, 25, 0), (Count("rows"), Count("recorded"), Count("duplicates"), Count("rejected")));
        int Count(string name) => summary.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Import_DryRun_ChecksEverythingAndRecordsNothing()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Observations.Refuse = one =>
            one.Value > 8
                ? new ItemProblem
                {
                    Reason = "VALUE_OUT_OF_RANGE",
                    Field = "observations[0].value",
                    Message = "above 8",
                }
                : null;
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("import", folder.Write("o.csv", Csv(rows: 10)), "--dry-run");

        Assert.Equal(4, run.Code);
        Assert.Contains("9 sound", run.Out, StringComparison.Ordinal);
        Assert.Contains("VALUE_OUT_OF_RANGE", run.Out, StringComparison.Ordinal);
        Assert.Equal((3, 0, 0), (suite.Observations.BatchesChecked, suite.Observations.Streams, suite.Observations.Recorded.Count));
    }

    [Theory]
    [InlineData("country,value\nXAA,1\n", "has no column 'indicator'")]
    [InlineData("country,indicator,value,observed_at,source,confidance\n", "'confidance' has no meaning in the long format")]
    [InlineData("country,country,indicator,value,observed_at,source\n", "has the column 'country' twice")]
    [InlineData("", "is empty")]
    public async Task Import_OfAnotherFormat_SaysSoWithCode2(string text, string expected)
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("import", folder.Write("o.csv", text));

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(0, suite.Observations.Streams);
    }

    internal static string Csv(int rows) =>
        "country,indicator,value,observed_at,source\n"
        + string.Concat(
            Enumerable
                .Range(0, rows)
                .Select(n => $"{FakeSuite.Countries[n % 3]},displacement,{n},{new DateTime(2021, 1, 1).AddDays(n):yyyy-MM-dd},field\n")
        );

    private static bool Has(string line, params string[] parts) => parts.All(part => line.Contains(part, StringComparison.Ordinal));
}
