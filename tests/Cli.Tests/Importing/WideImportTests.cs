using EarlyWarning.Cli.Tests.Infrastructure;

namespace EarlyWarning.Cli.Tests.Importing;

public class WideImportTests
{
    private const string Mapping = """
        layout: wide
        country: { column: cow, code: cow, map: { "9999": XAC } }
        time: { column: year }
        source: survey
        indicators:
          except: [name, risk]
          rename: { a.ln: alpha }
        missing: ["", NA, "-99"]
        """;

    private const string Csv = """
        name,cow,year,risk,a.ln,b
        Aland,901,2021,0.5,1.5,2
        Beland,902,2021-06-30,0.5,NA,3
        Celand,9999,2021,0.5,-99,4
        Nowhere,500,2021,0.5,5,6
        Deland,903,2020,0.5,x,7
        """;

    [Fact]
    public async Task Import_ByCowNumber_FindsTheCountriesAndNamesTheUnknown()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("import", folder.Write("w.csv", Csv), "--mapping", folder.Write("m.yaml", Mapping));

        Assert.Equal(4, run.Code);
        Assert.Equal(
            [("XAA", "alpha", 1.5), ("XAA", "b", 2), ("XAB", "b", 3), ("XAC", "b", 4), ("XAC", "b", 7)],
            suite.Observations.Recorded.Select(one => (one.Country, one.Indicator, one.Value)).Order()
        );
        Assert.All(suite.Observations.Recorded, one => Assert.Equal("survey", one.Source));
        Assert.Equal(new DateTime(2021, 6, 30), suite.Observations.Recorded.Single(one => one.Country == "XAB").ObservedAt.ToDateTime());
        Assert.Equal(new DateTime(2021, 12, 31), suite.Observations.Recorded.First(one => one.Country == "XAA").ObservedAt.ToDateTime());
        Assert.Contains("2 empty", run.Out, StringComparison.Ordinal);
        Assert.Contains("3 rejected", run.Out, StringComparison.Ordinal);
        Assert.Contains(run.Lines, line =>
            line.Contains("UNKNOWN_COUNTRY", StringComparison.Ordinal)
            && line.Contains("\t5\t", StringComparison.Ordinal)
            && line.Contains("'500' is not the Correlates of War number of a country", StringComparison.Ordinal)
        );
        Assert.Contains(run.Lines, line =>
            line.Contains("a.ln", StringComparison.Ordinal) && line.Contains("'x' is not a number", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Import_WithTheShippedMapping_TakesThePredictorsAndLeavesThePublishedRisks()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write(
            "p.csv",
            """
            "country","SFTGcode","COW","risk_in_2022","risk_in_2022_23","anymk.ever","imr.sqrt"
            "Aland","XAC",901,0.06,0.16,1,7.36206492772238
            "Beland","XAA",902,0.05,0.1,0,5.91607978309962
            """
        );

        var run = await suite.EwAsync("import", file, "--mapping", "ewp-2022", "--backfill");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            [
                ("XAA", "anymk.ever", 1),
                ("XAA", "imr.sqrt", 7.36206492772238),
                ("XAB", "anymk.ever", 0),
                ("XAB", "imr.sqrt", 5.91607978309962),
            ],
            suite.Observations.Recorded.Select(one => (one.Country, one.Indicator, one.Value)).Order()
        );
        Assert.All(suite.Observations.Recorded, one =>
            Assert.Equal((new DateTime(2021, 12, 31), "early-warning-project-2022"), (one.ObservedAt.ToDateTime(), one.Source))
        );
        Assert.All(suite.Observations.Backfills, Assert.True);
    }

    [Fact]
    public async Task Import_SourceOnTheCommandLine_GoesBeforeTheMappings()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        await suite.EwAsync("import", folder.Write("w.csv", Csv), "--mapping", folder.Write("m.yaml", Mapping), "--source", "other");

        Assert.All(suite.Observations.Recorded, one => Assert.Equal("other", one.Source));
    }

    [Theory]
    [InlineData("layout: wide", "layout: tall", "layout: Write long or wide.")]
    [InlineData("code: cow", "code: fips", "country.code: 'fips' is no system of codes.")]
    [InlineData(
        "code: cow,",
        "code: cow, formerly: [{ code: \"345\", until: 2005 }],",
        "country.formerly[0].country: 'country' is missing."
    )]
    [InlineData("column: year", "column: year, date: 2021-12-31", "time: Give one of column, year and date.")]
    [InlineData("column: cow", "column: nix", "has no column 'nix', which the mapping names for the country")]
    [InlineData("source: survey", "sauce: survey", ":4:1: sauce: 'sauce' is not known here. Did you mean 'source'?")]
    [InlineData("source: survey", "source: ~", ":4:9: source: 'source' has nothing behind it")]
    [InlineData("source: survey", "source: survey\nsource: survey", ":5:")]
    [InlineData("source: survey", "", "there is no source")]
    [InlineData("[name, risk]", "[name, risc]", "has no column 'risc'")]
    public async Task Import_AMappingWithAFault_NamesItWithCode2(string right, string wrong, string expected)
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "import",
            folder.Write("w.csv", Csv),
            "--mapping",
            folder.Write("m.yaml", Mapping.Replace(right, wrong, StringComparison.Ordinal))
        );

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_LongLayoutWithOtherNames_FollowsTheMapping()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();
        var mapping = folder.Write(
            "m.yaml",
            """
            layout: long
            country: { column: ccode, code: cow }
            time: { year: 2020 }
            source: survey
            columns: { indicator: variable, value: score }
            """
        );

        var run = await suite.EwAsync(
            "import",
            folder.Write("l.csv", "ccode;variable;score;note\n902;alpha;0.25;kept out\n"),
            "--mapping",
            mapping
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        var recorded = Assert.Single(suite.Observations.Recorded);
        Assert.Equal(
            ("XAB", "alpha", 0.25, new DateTime(2020, 12, 31)),
            (recorded.Country, recorded.Indicator, recorded.Value, recorded.ObservedAt.ToDateTime())
        );
    }
}
