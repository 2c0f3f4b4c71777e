using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Tests.Importing;

public sealed class MappingFileTests
{
    [Theory]
    [InlineData(": {\ni", "cannot be read")]
    [InlineData("source: \"\\uDC00\\uD\"", ":1:")]
    [InlineData("where: [~]", "This place of the list is empty")]
    [InlineData("where: !!null x", ":1:")]
    [InlineData("layout: wid\ndecimal: \";\"\ntime: {year: 0}", ":1:9: layout: Write long or wide.")]
    [InlineData("layout: wid\ndecimal: \";\"\ntime: {year: 0}", ":3:14: time.year: A year is 1 to 9998.")]
    [InlineData("layout: wide\nsource: x", ": country.column is missing.")]
    [InlineData("? [a, b]\n: c", ":1:")]
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
