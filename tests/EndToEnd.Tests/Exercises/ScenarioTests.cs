using EarlyWarning.Host.Exercise;
using EarlyWarning.Yaml;

namespace EarlyWarning.EndToEnd.Tests.Exercises;

public sealed class ScenarioTests
{
    private const string Whole = """
        title: T
        seed: 1
        frameworks: [a]
        sources: [s]
        step: 1s
        countries: 3
        start: {from: 0, to: 1}
        drift: {share: 0.1, by: 0.1}
        """;

    [Theory]
    [InlineData("", "has nothing in it")]
    [InlineData("~", "Here belong keys")]
    [InlineData("frameworks: ~", "")]
    [InlineData("deteriorations: ~", "")]
    [InlineData("deteriorations: [~]", "empty")]
    [InlineData("countries: 0", "1 to 675 countries")]
    [InlineData("start: {from: 1, to: 0}", "start: The lower end comes first.")]
    [InlineData("step: 1", "step: '1' is no span of time.")]
    [InlineData("sources: []", "sources: Name one or more sources.")]
    [InlineData("title: U", "")]
    [InlineData("deteriorations:\n- {\nx", "cannot be read")]
    public void Read_FileOutOfOrder_IsRefusedInASentence(string line, string expected)
    {
        var path = Path.GetTempFileName();
        try
        {
            var key = line.Split(':')[0] + ":";
            File.WriteAllText(
                path,
                key.Length < 3
                    ? line
                    : string.Join(
                        '\n',
                        [.. Whole.Split('\n').Where(other => key == "title:" || !other.StartsWith(key, StringComparison.Ordinal)), line]
                    )
            );

            Assert.Contains(expected, Assert.Throws<FaultyFileException>(() => Scenario.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
