using System.Text.Json;
using EarlyWarning.Cli.Tests.Infrastructure;

namespace EarlyWarning.Cli.Tests.Importing;

public class RepeatedKeyTests
{
    private const string Events = """
        country,year,month,district,deaths
        XAA,2025,1,A,10
        XAA,2025,1,B,90
        XAA,2025,1,C,10
        XAB,2025,1,A,4
        """;

    private const string Mapping = """
        layout: wide
        country: { column: country }
        time: { column: year, month: month }
        source: events
        indicators: { columns: [deaths] }
        """;

    [Fact]
    public async Task Import_SeveralRowsOfOneKey_RecordsNothingAndNamesAllTheirLines()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await ImportAsync(suite, folder, Events, Mapping, "--rejects", folder.In("rejects.csv"));

        Assert.Equal(2, run.Code);
        Assert.Empty(suite.Observations.Recorded);
        Assert.Contains("XAA deaths, 2025-01-31, events: lines 2, 3, 4\n", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("XAB", run.Error, StringComparison.Ordinal);
        Assert.Contains("3 rejected", run.Out, StringComparison.Ordinal);
        var rejects = await File.ReadAllLinesAsync(folder.In("rejects.csv"));
        Assert.Equal(4, rejects.Length);
        Assert.All(rejects[1..], row =>
            Assert.EndsWith("REPEATED_KEY,\"the key stands on the lines 2, 3, 4.\"", row, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Import_SeveralRowsOfOneKeyForAProgram_ListsEveryKeyWithItsLines()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await ImportAsync(suite, folder, Events, Mapping, "--json");

        var key = Assert.Single(JsonDocument.Parse(run.Lines[0]).RootElement.GetProperty("repeatedKeys").EnumerateArray());
        Assert.Equal(("XAA", "deaths"), (key.GetProperty("country").GetString(), key.GetProperty("indicator").GetString()));
        Assert.Equal([2, 3, 4], key.GetProperty("lines").EnumerateArray().Select(line => line.GetInt32()));
    }

    [Theory]
    [InlineData("sum", 110)]
    [InlineData("max", 90)]
    [InlineData("mean", 110.0 / 3)]
    [InlineData("count", 3)]
    public async Task Import_MappingSaysWhatRepeatedRowsComeTo_RecordsThat(string how, double expected)
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await ImportAsync(suite, folder, Events, $"{Mapping}\nrepeated: {how}");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("4 rows", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 put together", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            [("XAA", expected), ("XAB", how == "count" ? 1 : 4)],
            suite.Observations.Recorded.Select(one => (one.Country, one.Value)).Order()
        );
        Assert.All(suite.Observations.Recorded, one => Assert.Equal(new DateTime(2025, 1, 31), one.ObservedAt.ToDateTime()));
    }

    [Theory]
    [InlineData("XAA,2025,1,D,NA", "MISSING_PART")]
    [InlineData("XAA,2025,1,D,many", "INVALID_FIELD")]
    [InlineData("QQQ,2025,1,D,5", "UNKNOWN_COUNTRY")]
    public async Task Import_ASumThatLacksAPart_RecordsNothing(string row, string reason)
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await ImportAsync(suite, folder, $"{Events}\n{row}\n", $"{Mapping}\nrepeated: sum");

        Assert.Equal(2, run.Code);
        Assert.Empty(suite.Observations.Recorded);
        Assert.Contains(reason, run.Out, StringComparison.Ordinal);
        Assert.Contains("nothing was recorded", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TheLackingPartLeftOut_RecordsTheSumOfTheOthers()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await ImportAsync(suite, folder, $"{Events}\nXAA,2025,1,D,NA\n", $"{Mapping}\nrepeated: sum\nwhere: [deaths != NA]");

        Assert.Equal(0, run.Code);
        Assert.Contains("1 row left out", run.Out, StringComparison.Ordinal);
        Assert.Equal(110, suite.Observations.Recorded.Single(one => one.Country == "XAA").Value);
    }

    [Fact]
    public async Task Import_OneRowOfEachKeyChosen_RecordsIt()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await ImportAsync(suite, folder, Events, $"{Mapping}\nwhere: [district = B]");

        Assert.Equal(0, run.Code);
        Assert.Equal(90, Assert.Single(suite.Observations.Recorded).Value);
    }

    [Fact]
    public async Task Import_RevisionsOfOneKey_AreNoRepetition()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "import",
            folder.Write(
                "o.csv",
                """
                country,indicator,value,observed_at,source,revision
                XAA,deaths,1,2025,field,0
                XAA,deaths,2,2025,field,1
                """
            )
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal([1, 2], suite.Observations.Recorded.Select(one => one.Value).Order());
    }

    [Fact]
    public async Task Import_LastRowOfAKeyIsOutrankedByAnEarlierOne_EndsWithItsOwnCode()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "import",
            folder.Write(
                "o.csv",
                """
                country,indicator,value,observed_at,source,revision
                XAA,deaths,2,2025,field,3
                XAA,deaths,1,2025,field,2
                XAB,deaths,1,2025,field,2
                """
            )
        );

        Assert.Equal(5, run.Code);
        Assert.Contains("1 recorded and not current", run.Out, StringComparison.Ordinal);
        Assert.Contains("(line 3)", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TheSuiteHasAHigherRevision_EndsWithItsOwnCode()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Observations.Outranked = one => one.Country == "XAB";
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "import",
            folder.Write("o.csv", "country,indicator,value,observed_at,source\nXAA,deaths,2,2025,field\nXAB,deaths,1,2025,field\n")
        );

        Assert.Equal(5, run.Code);
        Assert.Contains("1 recorded and not current", run.Out, StringComparison.Ordinal);
        Assert.Contains("(line 3)", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WideWithARevisionColumn_SendsIt()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await ImportAsync(
            suite,
            folder,
            "country,year,month,rev,deaths\nXAA,2025,1,2,7\n",
            $"{Mapping}\ncolumns: {{ revision: rev }}"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal((2, 7), (Assert.Single(suite.Observations.Recorded).Revision, suite.Observations.Recorded.Single().Value));
    }

    private static Task<Run> ImportAsync(FakeSuite suite, TemporaryFolder folder, string csv, string mapping, params string[] more) =>
        suite.EwAsync(["import", folder.Write("events.csv", csv), "--mapping", folder.Write("m.yaml", mapping), .. more]);
}
