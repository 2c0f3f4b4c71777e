using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Coinr;

public class CoinrConstructTests
{
    [Fact]
    public async Task Construct_ToStandardOutput_WritesTheIndexInCoinrsOrderAndFullPrecision()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(["coinr", "construct", .. CoinrFiles.Arguments(folder)]);

        Assert.Equal(0, run.Code);
        Assert.Equal(
            [
                "uCode,Roads,Ships,Dust,Trees,Life,Links,Index",
                "XAA,0.1,0.2,0.30000000000000004,NA,0.7,0.5,0.6",
                "XAB,1.1,1.2,1.3,1.4,1.7,1.5,1.6",
            ],
            run.Lines
        );
        Assert.Contains("too little data, screened out: XAD", run.Error, StringComparison.Ordinal);
        Assert.Empty(suite.Answers.Requests<CreateFrameworkRequest>());
    }

    [Fact]
    public async Task Construct_EveryStage_WritesAFileEach()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync([
            "coinr",
            "construct",
            "--stage",
            "all",
            "--out",
            folder.In("stages"),
            .. CoinrFiles.Arguments(folder),
        ]);

        Assert.Equal(0, run.Code);
        string[] Stage(string name) => File.ReadAllLines(Path.Combine(folder.In("stages"), $"{name}.csv"));
        Assert.Equal(["uCode,Roads,Ships,Dust,Trees", "XAA,10,11,12,NA", "XAB,20,21,22,23"], Stage("denominated"));
        Assert.Equal(["uCode,Roads,Ships,Dust,Trees", "XAA,10,11,12,15", "XAB,20,21,22,23"], Stage("imputed"));
        Assert.Equal("XAA,0.1,0.2,0.30000000000000004,NA", Stage("normalised")[1]);
        Assert.Equal("XAA,0.1,0.2,0.30000000000000004,NA,0.7,0.5,0.6", Stage("aggregated")[1]);
        Assert.Equal(["iCode,Parent,Level,Weight", "Roads,Links,1,0.75", "Ships,Links,1,0.25"], Stage("weights")[..3]);
        Assert.Equal("Life,Index,2,0.6", Stage("weights")[^1]);
        Assert.Equal("Roads,winsorised,2,2.5,4,0.5,NA", Stage("treatment")[1]);
        Assert.Equal(7, run.Lines.Length);
    }

    [Fact]
    public async Task Construct_OfAPanel_WritesTheTimeBesideTheUnit()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<ConstructIndexRequest>(_ =>
        {
            var answer = Answer();
            answer.Units.Clear();
            answer.Units.Add(["XAA@2020", "XAA@2021"]);
            return answer;
        });
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync([
            "coinr",
            "construct",
            .. CoinrFiles.Arguments(folder, CoinrFiles.Data + "\nXAA,Aland,east,2021,20,61,5,2,36\n"),
        ]);

        Assert.StartsWith("uCode,Time,Roads,", run.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("XAA,2021,1.1,", run.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Construct_AllStagesToStandardOutput_IsRefused()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(["coinr", "construct", "--stage", "all", .. CoinrFiles.Arguments(folder)]);

        Assert.Equal(2, run.Code);
        Assert.Contains("--stage all needs a folder", run.Error, StringComparison.Ordinal);
        Assert.Empty(suite.Answers.Requests<ConstructIndexRequest>());
    }

    [Fact]
    public async Task Construct_InJson_PrintsTheAnswer()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(["coinr", "construct", "--json", .. CoinrFiles.Arguments(folder)]);

        Assert.Equal(Answer(), Google.Protobuf.JsonParser.Default.Parse<ConstructIndexResponse>(Assert.Single(run.Lines)));
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ConstructIndexRequest>(_ => Answer());
        return suite;
    }

    private static ConstructIndexResponse Answer()
    {
        var answer = new ConstructIndexResponse
        {
            Units = { "XAA", "XAB" },
            ScreenedOut = { "XAD" },
            Nodes =
            {
                new ConstructedNode
                {
                    Code = "links",
                    Scores = { 0.5, 1.5 },
                    Weights = { 0.75, 0.25 },
                },
                new ConstructedNode
                {
                    Code = "life",
                    Scores = { 0.7, 1.7 },
                    Weights = { 0.5, 0.5 },
                },
                new ConstructedNode
                {
                    Code = "index",
                    Scores = { 0.6, 1.6 },
                    Weights = { 0.4, 0.6 },
                },
            },
        };
        foreach (var (place, code) in new[] { "roads", "ships", "dust", "trees" }.Index())
        {
            var isMissing = code == "trees";
            answer.Indicators.Add(
                new ConstructedIndicator
                {
                    Indicator = code,
                    Denominated = { isMissing ? double.NaN : 10 + place, 20 + place },
                    Imputed = { isMissing ? 15 : 10 + place, 20 + place },
                    Treated = { isMissing ? 15 : 10 + place, 20 + place },
                    Normalised = { isMissing ? double.NaN : 0.1 * (place + 1), 1 + ((place + 1) / 10d) },
                    Treatment = place == 0 ? "winsorised" : "",
                    WinsorisedPoints = place == 0 ? 2 : 0,
                    SkewnessBefore = 2.5,
                    KurtosisBefore = 4,
                    SkewnessAfter = 0.5,
                    KurtosisAfter = double.NaN,
                }
            );
        }

        return answer;
    }
}
