using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Scoring;

/// <content>What cannot be fitted.</content>
public partial class FitTests
{
    [Theory]
    [InlineData("XAB,1991,2", "XZZ,1991,2", "t.csv, line 4, column country: 'XZZ' is not the ISO")]
    [InlineData("country,time", "state,time", "has no column 'country', which a table needs (for other columns give --mapping)")]
    [InlineData("XAB,1991,2", "XAB,then,2", "t.csv, line 4, column time: 'then' is not a time")]
    [InlineData("XAB,1991,2", "XAB,1991,two", "t.csv, line 4, column growth: 'two' is not a number")]
    public async Task Fit_ATableWithAFault_NamesIt(string right, string wrong, string expected) =>
        await RefusedAsync(Csv.Replace(right, wrong, StringComparison.Ordinal), expected, "--outcome", "onset");

    [Theory]
    [InlineData("'onset' tells of the outcome and cannot predict it", "--outcome", "onset", "--predictors", "growth,onset")]
    [InlineData("has no column 'groth'. It has: growth, conflict", "--outcome", "onset", "--predictors", "groth")]
    [InlineData("--interactions: 'growth' is not a product", "--outcome", "onset", "--interactions", "growth")]
    [InlineData("--table has its own times", "--outcome", "onset", "--from", "1990")]
    [InlineData("--name and --bands are of a framework that is kept", "--outcome", "onset", "--name", "Onset")]
    public async Task Fit_AnOptionWithAFault_NamesIt(string expected, params string[] options) =>
        await RefusedAsync(Csv, expected, options);

    [Fact]
    public async Task Fit_WithoutDataOrPredictors_SaysWhatItNeeds()
    {
        await using var suite = await SuiteAsync();

        var neither = await suite.EwAsync("fit", "--outcome", "onset");
        var noPeriod = await suite.EwAsync("fit", "--outcome", "onset", "--predictors", "a", "--from", "1990");

        Assert.Contains(
            "name the indicators that predict with --predictors, or a file with --table",
            neither.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("needs --from and --until", noPeriod.Error, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(string csv, string expected, params string[] options)
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(["fit", "--table", folder.Write("t.csv", csv), .. options]);

        Assert.True(run.Code == 2 && run.Error.Contains(expected, StringComparison.Ordinal), $"code {run.Code}: {run.Error}");
        Assert.Empty(suite.Answers.Requests<FitModelRequest>());
    }
}
