using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Tests.Importing;

public sealed class MappingFileTests
{
    [Theory]
    [InlineData(": {\ni", "cannot be read")]
    [InlineData("source: \"\\uDC00\\uD\"", "line 1")]
    [InlineData("where: [~]", "a place of a list is empty")]
    [InlineData("where: !!null x", "line 1")]
    [InlineData("country: &c {column: a}\ntime: *c", "aliases are not taken here")]
    [InlineData("? [a, b]\n: c", "line 1")]
    public void Read_FileOutOfOrder_IsRefusedWithItsPlace(string text, string expected) =>
        Assert.Contains(expected, Refused(text), StringComparison.Ordinal);

    [Fact]
    public void Read_TwentyThousandDeep_IsRefused() =>
        Assert.Contains("deep", Refused($"source: {new string('[', 20_000)}{new string(']', 20_000)}"), StringComparison.Ordinal);

    private static string Refused(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return Assert.Throws<CliException>(() => MappingFile.Read(path)).Message;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
