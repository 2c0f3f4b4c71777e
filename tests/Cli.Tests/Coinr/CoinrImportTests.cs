using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Coinr;

public class CoinrImportTests
{
    [Fact]
    public async Task Import_OfAPairOfFiles_CreatesTheFrameworkOnTheTableItself()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(["coinr", "import", "--id", "small", "--denominate", .. CoinrFiles.Arguments(folder)]);

        var request = Assert.Single(suite.Answers.Requests<CreateFrameworkRequest>());
        Assert.Equal(("frameworks/small", "All of it"), (request.Framework.Name, request.Framework.DisplayName));
        var root = request.Framework.Composite.Root;
        Assert.Equal(("index", 2), (root.Code, root.Children.Count));
        Assert.Equal([("links", 1), ("life", 3)], root.Children.Select(node => (node.Code, node.Weight)));
        Assert.Equal(["roads", "ships"], root.Children[0].Children.Select(node => node.Leaf.Indicator));
        Assert.Equal([Direction.Decreasing, Direction.Increasing], root.Children[1].Children.Select(node => node.Leaf.Direction));
        var roads = root.Children[0].Children[0];
        Assert.Equal((2, "area"), (roads.Weight, roads.Leaf.Denominator.Indicator));
        Assert.Equal(
            (true, 0, 100),
            (roads.Leaf.Normalisation.OwnScale, roads.Leaf.Normalisation.MinMax.Low, roads.Leaf.Normalisation.MinMax.High)
        );
        Assert.Null(root.Children[0].Children[1].Leaf.Denominator);
        Assert.Equal(["roads", "ships", "dust", "trees", "area"], request.Indicators.Select(one => one.Code));
        Assert.Equal(("Length of roads", "km"), (request.Indicators[0].DisplayName, request.Indicators[0].Unit));
        Assert.Equal(
            [("low", 0), ("moderate", 25), ("elevated", 50), ("high", 75)],
            request.Framework.Bands.Select(band => (band.Level, band.LowerBound))
        );
        Assert.Contains("frameworks/small/versions/1: active", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfAPairOfFiles_MakesTheReferenceSetInCoinrsOrder()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        await suite.EwAsync(["coinr", "import", "--id", "small", "--denominate", .. CoinrFiles.Arguments(folder)]);

        var set = Assert.Single(suite.Answers.Requests<CreateFrameworkRequest>()).Framework.Composite.ReferenceSet;
        Assert.Equal(["XAA", "XAB", "XAC", "XAD", "XZZ"], set.Units.Select(unit => unit.Code));
        Assert.All(set.Units, unit => Assert.False(unit.HasYear));
        Assert.Equal(
            ["east", "west", "east", null, "west"],
            set.Units.Select(unit => unit.Groups.TryGetValue("Side", out var side) ? side : null)
        );
        Assert.Equal(["roads", "ships", "dust", "trees", "area"], set.Columns.Select(column => column.Indicator));
        Assert.Equal([double.NaN, 3, 7, 1, 9], set.Columns[1].Values);
        Assert.Equal([35.5, double.NaN, 20, 10, 60], set.Columns[3].Values);
    }

    [Fact]
    public async Task Import_OfAPairOfFiles_RecordsKnownCountriesAndRejectsOthers()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(["coinr", "import", "--id", "small", .. CoinrFiles.Arguments(folder)]);

        Assert.Equal(4, run.Code);
        Assert.Equal(["XAA", "XAB", "XAC"], suite.Observations.Recorded.Select(one => one.Country).Distinct().Order());
        Assert.Equal(13, suite.Observations.Recorded.Count);
        Assert.All(suite.Observations.Recorded, one =>
            Assert.Equal((new DateTime(2020, 12, 31), one.ObservedAt, "small"), (one.ObservedAt.ToDateTime(), one.KnownAt, one.Source))
        );
        Assert.All(suite.Observations.Backfills, Assert.True);
        Assert.Contains(run.Lines, line =>
            line.Contains("UNKNOWN_COUNTRY", StringComparison.Ordinal)
            && line.Contains("uCode", StringComparison.Ordinal)
            && line.Contains("5 6", StringComparison.Ordinal)
        );
        Assert.Contains("10 rejected", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WhereTheIndicatorsAreThere_CreatesTheOthers()
    {
        await using var suite = await SuiteAsync(new Indicator { Code = "roads", Unit = "km" });
        using var folder = new TemporaryFolder();

        await suite.EwAsync(["coinr", "import", "--id", "small", .. CoinrFiles.Arguments(folder)]);

        Assert.Equal(
            ["ships", "dust", "trees", "area"],
            Assert.Single(suite.Answers.Requests<CreateFrameworkRequest>()).Indicators.Select(one => one.Code)
        );
    }

    [Fact]
    public async Task Import_WhereACodeMeansSomethingElse_IsRefusedUntilAPrefixKeepsThemApart()
    {
        await using var suite = await SuiteAsync(
            new Indicator
            {
                Code = "roads",
                Unit = "miles",
                DisplayName = "Other roads",
            }
        );
        using var folder = new TemporaryFolder();
        string[] arguments = ["coinr", "import", "--id", "small", .. CoinrFiles.Arguments(folder)];

        var refused = await suite.EwAsync(arguments);
        var kept = await suite.EwAsync([.. arguments, "--prefix", "sm."]);

        Assert.Equal((2, 4), (refused.Code, kept.Code));
        Assert.Contains("an indicator 'roads' in 'miles' (Other roads), and iMeta has it in 'km'", refused.Error, StringComparison.Ordinal);
        var request = Assert.Single(suite.Answers.Requests<CreateFrameworkRequest>());
        Assert.Equal("sm.roads", request.Indicators[0].Code);
        Assert.Equal("links", request.Framework.Composite.Root.Children[0].Code);
        Assert.Contains(suite.Observations.Recorded, one => one.Indicator == "sm.roads");
    }

    [Fact]
    public async Task Import_DryRun_ChecksTheFrameworkAndRecordsNothing()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(["coinr", "import", "--id", "small", "--dry-run", .. CoinrFiles.Arguments(folder)]);

        Assert.True(Assert.Single(suite.Answers.Requests<CreateFrameworkRequest>()).ValidateOnly);
        Assert.Contains("valid; nothing was changed", run.Out, StringComparison.Ordinal);
        Assert.Contains("13 sound", run.Out, StringComparison.Ordinal);
        Assert.Empty(suite.Observations.Recorded);
    }

    [Fact]
    public async Task Import_OfAPanel_RecordsEveryYearAndStandsOnTheOneNamed()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var panel = CoinrFiles.Data + "\nXAA,Aland,east,2021,20,61,5,2,36\nXAB,Beland,west,2021,5,31,4,4,12\n";
        string[] arguments = ["coinr", "import", "--id", "small", .. CoinrFiles.Arguments(folder, panel)];

        await suite.EwAsync([.. arguments, "--year", "2021"]);
        await suite.EwAsync(arguments);

        var requests = suite.Answers.Requests<CreateFrameworkRequest>();
        Assert.Equal(["XAA", "XAB"], requests[0].Framework.Composite.ReferenceSet.Units.Select(unit => unit.Code));
        Assert.Equal(
            [("XAA", 2020), ("XAB", 2020), ("XAC", 2020), ("XAD", 2020), ("XZZ", 2020), ("XAA", 2021), ("XAB", 2021)],
            requests[1].Framework.Composite.ReferenceSet.Units.Select(unit => (unit.Code, unit.Year))
        );
        Assert.Equal([2020, 2021], suite.Observations.Recorded.Select(one => one.ObservedAt.ToDateTime().Year).Distinct().Order());
    }

    [Fact]
    public async Task Import_WithoutATime_NeedsAYear()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var data = CoinrFiles.Data.Replace(",Time", "", StringComparison.Ordinal).Replace(",2020,", ",", StringComparison.Ordinal);
        string[] arguments = ["coinr", "import", "--id", "small", .. CoinrFiles.Arguments(folder, data)];

        var without = await suite.EwAsync(arguments);
        await suite.EwAsync([.. arguments, "--year", "2018"]);

        Assert.Equal(2, without.Code);
        Assert.Contains("has no column Time. Say with --year", without.Error, StringComparison.Ordinal);
        Assert.All(suite.Observations.Recorded, one => Assert.Equal(2018, one.ObservedAt.ToDateTime().Year));
        Assert.NotEmpty(suite.Observations.Recorded);
    }

    private static async Task<FakeSuite> SuiteAsync(params Indicator[] known)
    {
        var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ListIndicatorsRequest>(_ => new ListIndicatorsResponse { Indicators = { known } });
        suite.Answers.On<CreateFrameworkRequest>(request =>
        {
            var kept = request.Framework.Clone();
            kept.Name += "/versions/1";
            return new CreateFrameworkResponse { Framework = kept };
        });
        return suite;
    }
}
