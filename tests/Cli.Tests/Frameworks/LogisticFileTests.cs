using EarlyWarning.Cli.Frameworks;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Tests.Frameworks;

public sealed class LogisticFileTests
{
    [Theory]
    [InlineData("0e99999999999")]
    [InlineData("1e309")]
    public async Task Read_WeightWhoseFiguresAreNone_IsRefused(string weight) =>
        Assert.Contains(
            "is not a number",
            (await Assert.ThrowsAsync<CliException>(() => ReadAsync(weight))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Read_ExponentBeyondWholeNumbers_IsTheWeight() =>
        Assert.Equal(0, (await ReadAsync("1e-99999999999")).Weights[0].Weight);

    private static async Task<LogisticFile> ReadAsync(string weight)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, $"variable,weight\n(Intercept),1\nx,{weight}\n");
            return await LogisticFile.ReadAsync(path, "weight", null, default);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
