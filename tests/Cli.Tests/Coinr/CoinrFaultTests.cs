using EarlyWarning.Cli.Tests.Infrastructure;

namespace EarlyWarning.Cli.Tests.Coinr;

public class CoinrFaultTests
{
    [Theory]
    [InlineData("1,\"Ships\"", "1,\"Roads\"", "iMeta.csv, line 3, column iCode: 'Roads' is there twice")]
    [InlineData("1,\"Ships\"", "1,\"ROADS\"", "line 3, column iCode: 'ROADS' and 'Roads' both become 'roads'")]
    [InlineData("1,\"Ships\"", "1,\"9ships\"", "line 3, column iCode: '9ships' becomes '9ships', which is no code")]
    [InlineData("1,\"Ships\"", "2,\"Ships\"", "line 3, column Level: the indicator 'Ships' has level 2")]
    [InlineData("2,\"Links\"", "1,\"Links\"", "line 6, column Level: the aggregate 'Links' has level 1")]
    [InlineData("\"Dust in the air\",-1,1", "\"Dust in the air\",-2,1", "line 4, column Direction: '-2' is no direction")]
    [InlineData("\"Dust in the air\",-1,1", "\"Dust in the air\",-1,0", "line 4, column Weight: '0' is not a weight above 0")]
    [InlineData("\"Life\",\"Indicator\"", "\"Live\",\"Indicator\"", "line 4, column Parent: 'Live' is not the code of an aggregate")]
    [InlineData(
        "\"Life\",\"Indicator\"",
        "\"Index\",\"Indicator\"",
        "line 4, column Parent: 'Dust' at level 1 stands under 'Index' at level 3"
    )]
    [InlineData(
        "\"Area\",\"Links\",\"Indicator\"",
        "\"Aera\",\"Links\",\"Indicator\"",
        "line 2, column Denominator: 'Aera' is not the code of a denominator"
    )]
    [InlineData("\"Group\"", "\"Grouping\"", "line 9, column Type: 'Grouping' is no type")]
    [InlineData("\"Direction\"", "\"Direktion\"", "has no column 'Direction', which COINr needs in iMeta")]
    [InlineData("3,\"Score\",,,\"Index\"", "3,\"Score\",,,", "line 8, column Parent: 'Life' and 'Index' both have no parent")]
    [InlineData(",,,\"Index\",\"Aggregate\"", ",,,,\"Aggregate\"", "line 8, column iCode: nothing has 'Index' as its parent")]
    public async Task Construct_AFaultInIMeta_IsNamedByLineAndColumn(string right, string wrong, string expected) =>
        await RefusedAsync(CoinrFiles.Data, CoinrFiles.Meta.Replace(right, wrong, StringComparison.Ordinal), expected);

    [Theory]
    [InlineData("XAB,Beland,west,2020,5,30", "XAB,Beland,west,2020,5,3O", "iData.csv, line 4, column Roads: '3O' is not a number")]
    [InlineData("XAB,", "XAA,", "line 4, column uCode: 'XAA' is there twice")]
    [InlineData("XAB,", ",", "line 4, column uCode: there is no code")]
    [InlineData(",Ships", ",Shops", "has no column 'Ships', which line 3 of")]
    [InlineData("uName,", "uName,More,", "line 2: the row has 9 cells and the header 10")]
    [InlineData("XAB,Beland,west,2020", "XAB,Beland,west,", "column Time: other rows have a time and this one has none")]
    public async Task Construct_AFaultInIData_IsNamedByLineAndColumn(string right, string wrong, string expected) =>
        await RefusedAsync(CoinrFiles.Data.Replace(right, wrong, StringComparison.Ordinal), CoinrFiles.Meta, expected);

    [Fact]
    public async Task Construct_AColumnThatIMetaDoesNotName_IsRefused() =>
        await RefusedAsync(
            string.Join('\n', CoinrFiles.Data.Split('\n').Select((line, row) => line + (row == 0 ? ",Extra" : ",1"))),
            CoinrFiles.Meta,
            "has the column 'Extra', which"
        );

    [Theory]
    [InlineData("--normalise", "minmax", "--normalise: 'minmax' is not known. Use min-max")]
    [InlineData("--normalise", "z-score:1", "'z-score:1' has 1 numbers behind the colon, and 'z-score' takes 2")]
    [InlineData("--normalise", "distance-to-reference", "needs a unit. Give its uCode with --reference-unit")]
    [InlineData("--normalise", "goalposts", "has no column 'goalpost_lower', which goalposts need")]
    [InlineData("--treat", "winsorize", "--treat: 'winsorize' is not known")]
    [InlineData("--treat-indicator", "Road=none", "'Road' is not the iCode of an indicator")]
    [InlineData("--impute", "group-mean", "--impute: name the grouping with --group")]
    [InlineData("--group", "Coast", "'Coast' is not a row of type Group")]
    [InlineData("--aggregate", "arithmetic,geometric,median", "has 3 entries. Give one, or one for each of the 2 levels")]
    [InlineData("--aggregate", "generalised", "--aggregate: 'generalised' is not known")]
    [InlineData("--dat-thresh", "50", "--dat-thresh: '50' is no share")]
    [InlineData("--range", "0-100", "--range: '0-100' was to be two numbers, such as 0:100")]
    [InlineData("--bands", "low", "--bands: 'low' is not a level")]
    public async Task Construct_AnOptionWithAFault_NamesIt(string option, string value, string expected) =>
        await RefusedAsync(CoinrFiles.Data, CoinrFiles.Meta, expected, option, value);

    private static async Task RefusedAsync(string data, string meta, string expected, params string[] more)
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(["coinr", "construct", .. more, .. CoinrFiles.Arguments(folder, data, meta)]);

        Assert.True(run.Code == 2 && run.Error.Contains(expected, StringComparison.Ordinal), $"code {run.Code}: {run.Error}");
        Assert.Empty(suite.Answers.Requests<V1.ConstructIndexRequest>());
    }
}
