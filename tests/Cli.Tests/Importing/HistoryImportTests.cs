using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Importing;

public class HistoryImportTests
{
    private const string Csv = """
        ewp_name,year,ccode,popsize.log2,gdppcgrowth,mk_onset_1or2,mk_onset,mk_onset_1,mk_onset_2
        Aland,1990,901,20.5,NA,0,0,0,0
        Aland,1991,901,20.6,1.5,1,0,1,NA
        Beland,1991,902,21,2,1,1,NA,NA
        """;

    [Fact]
    public async Task Import_WithTheHistoryMapping_RecordsOnsetsAndNeverTheirLeads()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("import", folder.Write("h.csv", Csv), "--mapping", "ewp-history", "--backfill");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            ["gdppcgrowth", "mk_onset", "popsize.log2"],
            suite.Observations.Recorded.Select(one => one.Indicator).Distinct().Order()
        );
        Assert.Equal(
            [("XAA", 0.0), ("XAA", 0), ("XAB", 1)],
            suite.Observations.Recorded.Where(one => one.Indicator == "mk_onset").Select(one => (one.Country, one.Value)).Order()
        );
        Assert.All(suite.Observations.Recorded, one =>
            Assert.Equal((one.ObservedAt, "early-warning-project-2024"), (one.KnownAt, one.Source))
        );
        Assert.Contains(suite.Observations.Recorded, one => one.ObservedAt.ToDateTime() == new DateTime(1990, 12, 31));
    }

    [Theory]
    [InlineData("365", 1990, "SUN")]
    [InlineData("365", 1991, "RUS")]
    [InlineData("345", 1960, "YUG")]
    [InlineData("345", 2002, "YUG")]
    [InlineData("345", 2003, "SCG")]
    [InlineData("345", 2005, "SCG")]
    [InlineData("345", 2006, "SRB")]
    [InlineData("816", 1975, "VDR")]
    [InlineData("816", 1976, "VNM")]
    [InlineData("817", 1975, "QVR")]
    public async Task Import_ByANumberThatAFormerStateHad_FindsTheStateOfTheYear(string number, int year, string code)
    {
        await using var suite = await SuiteAsync(States.Changed);
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "import",
            folder.Write("h.csv", $"{Csv.Split('\n')[0]}\nState,{year},{number},20,1,0,0,0,0\n"),
            "--mapping",
            "ewp-history",
            "--backfill"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.All(suite.Observations.Recorded, one => Assert.Equal(code, one.Country));
    }

    [Fact]
    public async Task Import_CreatingIndicators_CreatesThoseThatAreNotThere()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<ListIndicatorsRequest>(_ => new ListIndicatorsResponse
        {
            Indicators = { new Indicator { Code = "gdppcgrowth" } },
        });
        suite.Answers.On<CreateIndicatorsRequest>(request => new CreateIndicatorsResponse { Indicators = { request.Indicators } });
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "import",
            folder.Write("h.csv", Csv),
            "--mapping",
            "ewp-history",
            "--backfill",
            "--create-indicators"
        );

        Assert.Equal(0, run.Code);
        Assert.Contains("2 indicators created: popsize.log2, mk_onset", run.Error, StringComparison.Ordinal);
        var request = Assert.Single(suite.Answers.Requests<CreateIndicatorsRequest>());
        Assert.Equal([("popsize.log2", "model unit"), ("mk_onset", "model unit")], request.Indicators.Select(one => (one.Code, one.Unit)));
        Assert.Equal(8, suite.Observations.Recorded.Count);
    }

    [Fact]
    public async Task Import_LongFileCreatingIndicators_CreatesThemUnderTheirNewNamesWithTheUnitsOfTheRows()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ListIndicatorsRequest>(_ => new ListIndicatorsResponse());
        suite.Answers.On<CreateIndicatorsRequest>(request => new CreateIndicatorsResponse { Indicators = { request.Indicators } });
        using var folder = new TemporaryFolder();
        var file = folder.Write(
            "o.csv",
            "country,indicator,value,observed_at,source,unit\nXAA,Deaths (best),1,2021,field,deaths\nXAB,displaced,2,2021,field,\n"
        );

        var run = await suite.EwAsync(
            "import",
            file,
            "--create-indicators",
            "--mapping",
            folder.Write("m.yaml", "indicators: { rename: { \"Deaths (best)\": deaths }, unit: persons }\n")
        );

        Assert.Equal(0, run.Code);
        var request = Assert.Single(suite.Answers.Requests<CreateIndicatorsRequest>());
        Assert.Equal([("deaths", "deaths"), ("displaced", "persons")], request.Indicators.Select(one => (one.Code, one.Unit)));
        Assert.Equal(["deaths", "displaced"], suite.Observations.Recorded.Select(one => one.Indicator).Order());
    }

    [Fact]
    public async Task Import_LongFileWithAnIndicatorInTwoUnits_CreatesNothing()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ListIndicatorsRequest>(_ => new ListIndicatorsResponse());
        using var folder = new TemporaryFolder();
        var file = folder.Write(
            "o.csv",
            "country,indicator,value,observed_at,source,unit\nXAA,rain,1,2021,field,mm\nXAB,rain,2,2021,field,inch\n"
        );

        var run = await suite.EwAsync("import", file, "--create-indicators");

        Assert.Equal(2, run.Code);
        Assert.Contains("the file has rain in inch and in mm", run.Error, StringComparison.Ordinal);
        Assert.Empty(suite.Observations.Recorded);
    }

    [Fact]
    public async Task Import_DryRunThatWouldCreateSomeIndicators_HasTheOthersChecked()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<ListIndicatorsRequest>(_ => new ListIndicatorsResponse { Indicators = { new Indicator { Code = "mk_onset" } } });
        suite.Answers.On<CreateIndicatorsRequest>(request => new CreateIndicatorsResponse { Indicators = { request.Indicators } });
        suite.Observations.Refuse = one =>
            one.Value == 1
                ? new ItemProblem
                {
                    Reason = "VALUE_OUT_OF_RANGE",
                    Field = "observations[0].value",
                    Message = "above 0",
                }
                : null;
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "import",
            folder.Write("h.csv", Csv),
            "--mapping",
            "ewp-history",
            "--backfill",
            "--create-indicators",
            "--dry-run"
        );

        Assert.Equal(4, run.Code);
        Assert.Contains("7 sound", run.Out, StringComparison.Ordinal);
        Assert.Contains("VALUE_OUT_OF_RANGE", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_DryRunThatWouldCreateIndicators_ReadsTheFileAndChangesNothing()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<ListIndicatorsRequest>(_ => new ListIndicatorsResponse());
        suite.Answers.On<CreateIndicatorsRequest>(request => new CreateIndicatorsResponse { Indicators = { request.Indicators } });
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "import",
            folder.Write("h.csv", Csv + "\nNowhere,1991,500,1,1,0,0,0,0\n"),
            "--mapping",
            "ewp-history",
            "--backfill",
            "--create-indicators",
            "--dry-run"
        );

        Assert.Equal(4, run.Code);
        Assert.True(Assert.Single(suite.Answers.Requests<CreateIndicatorsRequest>()).ValidateOnly);
        Assert.Contains("3 indicators would be created", run.Error, StringComparison.Ordinal);
        Assert.Contains("8 sound", run.Out, StringComparison.Ordinal);
        Assert.Contains("3 rejected", run.Out, StringComparison.Ordinal);
        Assert.Equal((0, 0), (suite.Observations.BatchesChecked, suite.Observations.Recorded.Count));
    }

    private static async Task<FakeSuite> SuiteAsync(params Country[] countries)
    {
        var suite = await FakeSuite.StartAsync();
        if (countries.Length > 0)
        {
            suite.Answers.On<ListCountriesRequest>(_ => new ListCountriesResponse { Countries = { countries } });
        }

        return suite;
    }
}
