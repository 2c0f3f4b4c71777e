using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Thresholds;

namespace EarlyWarning.Cli.Tests.Thresholds;

public sealed class ThresholdFileTests
{
    [Theory]
    [InlineData("name: a\nfor: true", "for was to be a text")]
    [InlineData("name: a\ncondition: [a]", "condition was to be a text")]
    [InlineData("framework: {id: [a]}\nthresholds: [{id: a, above: 1}]", "Here belongs a text.")]
    [InlineData(
        "thresholds: [{id: a, name: A, above: 1, severity: red}]",
        ":1:51: thresholds[0].severity: 'red' is not known as severity."
    )]
    [InlineData("? [a]\n: b", "Here belongs a text.")]
    [InlineData("a: 1\n!x a: 2", "'a' is there twice.")]
    [InlineData(": [\nr", "cannot be read")]
    public void Read_FileOutOfOrder_IsRefusedInASentence(string text, string expected)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);

            Assert.Contains(expected, Assert.Throws<CliException>(() => ThresholdFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
