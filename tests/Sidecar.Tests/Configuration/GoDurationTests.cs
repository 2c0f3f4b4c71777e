using EarlyWarning.Sidecar.Configuration;

namespace EarlyWarning.Sidecar.Tests.Configuration;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1500", 1_500)]
    public void Parse_AsDaprWritesThem_IsTheDuration(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), GoDuration.Parse(text));

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("99999999999999h")]
    [InlineData("\u0663s")]
    [InlineData("-1s")]
    [InlineData("s")]
    public void Parse_TooLongOrNoFigures_IsNone(string text) => Assert.Null(GoDuration.Parse(text));
}
