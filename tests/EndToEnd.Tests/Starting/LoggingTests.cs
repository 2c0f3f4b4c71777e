using System.Diagnostics;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.Host.Composition;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.EndToEnd.Tests.Starting;

/// <summary>What the console shows.</summary>
public sealed class LoggingTests
{
    [Fact]
    public void Line_OfWhatIsTraced_EndsWithItsTrace_AndStaysOneLine()
    {
        using Activity span = new("call");
        span.SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.Matches(
            $@"^\d\d:\d\d:\d\d warn: A\.Part\[7\] two lines System\.InvalidOperationException: of a fault trace={span.TraceId}$",
            Written()
        );
    }

    [Fact]
    public void Line_OfWhatIsNot_NamesNone()
    {
        Activity.Current = null;

        Assert.EndsWith("of a fault", Written(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_ThatThereIsNot_IsRefusedAtTheStart()
    {
        using TemporaryFolder folder = new();
        await using var suite = SuiteProcess.In(folder.Path);
        suite.Variables["Logging__Console__FormatterName"] = "jsno";

        Assert.False(await suite.StartAsync());
        await Eventually.HoldsAsync(
            () =>
                suite.Output.Contains(
                    "Logging__Console__FormatterName is jsno. Set it to suite, for lines, or to json.",
                    StringComparison.Ordinal
                ),
            "it is said what to do",
            seen: () => suite.Output
        );
    }

    private static string Written()
    {
        using StringWriter text = new();
        LogEntry<string> entry = new(
            LogLevel.Warning,
            "A.Part",
            7,
            "two\nlines",
            new InvalidOperationException("of a\nfault"),
            static (state, _) => state
        );
        new SuiteLineFormatter().Write(entry, null, text);
        return text.ToString().TrimEnd('\n');
    }
}
