using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Tests.Connection;

public sealed class TimeOptionsTests
{
    [Theory]
    [InlineData("315576000001s")]
    [InlineData("9000000d")]
    public void Past_SpanThatReachesBeforeTheCalendar_IsRefused(string text) =>
        Assert.Contains(
            "is not a time",
            Assert.Throws<CliException>(() => TimeOptions.Past(text, "--at", TimeProvider.System)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Ahead_SpanThatReachesBeyondTheCalendar_IsRefused() =>
        Assert.Throws<CliException>(() => TimeOptions.Ahead("9000000d", "--at", TimeProvider.System));
}
