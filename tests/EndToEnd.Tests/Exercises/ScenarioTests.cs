using EarlyWarning.Host.Exercise;

namespace EarlyWarning.EndToEnd.Tests.Exercises;

public sealed class ScenarioTests
{
    private const string Whole = """
        title: T
        seed: 1
        frameworks: [a]
        sources: [s]
        step_seconds: 1
        countries: 3
        start: {from: 0, to: 1}
        drift: {share: 0.1, by: 0.1}
        """;

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("~", "is empty")]
    [InlineData("frameworks: ~", "")]
    [InlineData("deteriorations: ~", "")]
    [InlineData("deteriorations: [~]", "empty")]
    [InlineData("sources: [~]", "sources must name")]
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
                    : $"{string.Join('\n', Whole.Split('\n').Where(other => key == "title:" || !other.StartsWith(key, StringComparison.Ordinal)))}\n{line}"
            );

            Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Scenario.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
