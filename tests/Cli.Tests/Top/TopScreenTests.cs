using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Top;

namespace EarlyWarning.Cli.Tests.Top;

public class TopScreenTests
{
    private static readonly (int, int) s_size = (80, 24);

    [Fact]
    public void Paint_NothingDiffers_WritesNothing()
    {
        using var seen = new DrawnScreen();
        var screen = new TopScreen(TopSamples.On(seen));
        Assert.True(screen.Paint([TopLine.Of("one"), TopLine.Of("two")], s_size));
        seen.ForgetRaw();

        Assert.False(screen.Paint([TopLine.Of("one"), TopLine.Of("two")], s_size));
        Assert.Equal("", seen.Raw);
    }

    [Fact]
    public void Paint_OneLineDiffers_WritesThatLineAlone()
    {
        using var seen = new DrawnScreen();
        var screen = new TopScreen(TopSamples.On(seen));
        screen.Paint([TopLine.Of("one"), TopLine.Of("two, longer"), TopLine.Of("three")], s_size);
        seen.ForgetRaw();

        screen.Paint([TopLine.Of("one"), TopLine.Of("2")], s_size);

        Assert.Equal("\e[2;1H2\e[K\e[3;1H\e[K", seen.Raw);
        Assert.Equal("one\n2\n", seen.Text);
    }

    [Fact]
    public void Paint_AnotherSize_DrawsAllAnew()
    {
        using var seen = new DrawnScreen();
        var screen = new TopScreen(TopSamples.On(seen));
        screen.Paint([TopLine.Of("one")], s_size);
        seen.ForgetRaw();

        screen.Paint([TopLine.Of("one")], (100, 30));

        Assert.Equal("\e[2J\e[1;1Hone\e[K", seen.Raw);
    }

    [Fact]
    public void Leave_AfterPainting_GivesTheTerminalBack()
    {
        using var seen = new DrawnScreen();
        seen.Write("$ ew top");
        var screen = new TopScreen(TopSamples.On(seen));
        screen.Paint([TopLine.Of("one")], s_size);
        Assert.True(seen.IsOther);

        screen.Leave();

        Assert.False(seen.IsOther);
        Assert.Equal("$ ew top", seen.Text);
        Assert.EndsWith("\e[?25h\e[?1049l", seen.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_ByWhatTheScreenShows_HasColoursReverseAndAscii()
    {
        var line = new TopLine([new Cell("3–4 Côte…", Tone.Bad)], Marked: true);

        Assert.Equal("\e[7;31m3–4 Côte…\e[0m", TopScreen.Text(line, TopSamples.On(TextWriter.Null)));
        Assert.Equal("\e[7m3–4 Côte…\e[0m", TopScreen.Text(line, TopSamples.On(TextWriter.Null, ("NO_COLOR", "1"))));
        Assert.Equal("\e[7;31m3-4 C?te~\e[0m", TopScreen.Text(line, TopSamples.On(TextWriter.Null, ("LC_ALL", "C"))));
        Assert.Equal("3-4 C?te~", TopScreen.Text(line, TopSamples.On(TextWriter.Null, ("LC_ALL", "C"), ("TERM", "dumb"))));
    }
}
