namespace EarlyWarning.Yaml.Tests;

public sealed class KnownWordsTests
{
    [Theory]
    [InlineData("minimum_coverage", "minimum-coverage")]
    [InlineData("MinimumCoverage", "minimum-coverage")]
    [InlineData("At", "at")]
    public void Kebab_NameOfCode_IsWrittenWithHyphens(string name, string expected) => Assert.Equal(expected, KnownWords.Kebab(name));

    [Theory]
    [InlineData("wieght", "weight")]
    [InlineData("Weight", "weight")]
    [InlineData("colour", null)]
    [InlineData("", null)]
    public void Nearest_OfSomeWords_IsTheOneMeantOrNone(string given, string? expected) =>
        Assert.Equal(expected, KnownWords.Nearest(given, ["weight", "direction", "low"]));

    [Theory]
    [InlineData("90d", 7_776_000.0)]
    [InlineData("1h30m", 5_400.0)]
    [InlineData("0.5s", 0.5)]
    [InlineData("250ms", 0.25)]
    [InlineData("2w", 1_209_600.0)]
    [InlineData("36500d", 3_153_600_000.0)]
    [InlineData("36501d", null)]
    [InlineData("", null)]
    [InlineData("5", null)]
    [InlineData("-1s", null)]
    [InlineData("1.2.3s", null)]
    [InlineData("60 d", null)]
    [InlineData("1y", null)]
    public void Span_AsFilesWriteIt_IsReadOrRefused(string text, double? seconds) =>
        Assert.Equal(seconds, Spans.TryParse(text, out var span) ? span.TotalSeconds : null);
}
