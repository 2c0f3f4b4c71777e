using EarlyWarning.Cli.Plotting;

namespace EarlyWarning.Cli.Tests.Plotting;

public class PlotTextTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Draw_RiseFallAndGap_IsThisPicture()
    {
        Assert.Equal(
            """
              100 │
                  │               ░░░░░░
                  │               ░░░░░░
               80 │               █▀▀▀▀▀▀
                  │┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈█░░░░░┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ high
                  │               █
               60 │        ░░░░░░░█
                  │        ░░░░░░░█
                  │        ▄▄▄▄▄▄▄█
               40 │        █░░░░░░          ░░░░░░░░░░░░░░░░░░
                  │  ░░░░░░█░░░░░░          ░░░░░░░░░░░░░░░░░░
                  │┈┈░░░░░░█┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀ moderate
               20 │  ▄▄▄▄▄▄█                ░░░░░░░░░░░░░░░░░░
                  │  ░░░░░░
                  │  ░░░░░░
                0 │
                  └┬────────────┬────────────┬────────────────
                   2026-01-01   2026-01-31   2026-03-02
            level    0000001111111222222····222222222222222222
                                            v
            █ score  ░ its range  0 low  1 moderate  2 high (or higher, without a score)  · not known  v a new version of the framework
            """,
            Draw(Story, PlotSigns.Blocks, 60)
        );
    }

    [Fact]
    public void Draw_InAscii_HasNothingElse()
    {
        var text = Draw(Story, PlotSigns.Ascii, 60);

        Assert.True(System.Text.Ascii.IsValid(text));
        Assert.Contains("# score  : its range", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void Draw_AnyWidth_IsNoWider(int width) =>
        Assert.All(Draw(Story, PlotSigns.Blocks, width).Split('\n')[..^1], line => Assert.True(line.Length <= width, line));

    [Fact]
    public void Draw_LessThanADayAColumn_NamesTheTimeOfDay()
    {
        var hours = Story with { To = s_start.AddHours(10) };

        Assert.Contains("2026-01-01 00:00", Draw(hours, PlotSigns.Blocks, 80), StringComparison.Ordinal);
    }

    /// <summary>A short time without a score between two with one must not be drawn over.</summary>
    [Fact]
    public void In_ColumnWithAShortGap_HasBothStates()
    {
        var data = Story with { Points = [Point(0, 40, 1), Point(3, null, null), Point(3.5, 40, 1)] };

        Assert.Equal([40.0, null, 40.0], data.In(0, 2).Select(point => point.Score));
        Assert.Equal([40.0], data.In(1, 2).Select(point => point.Score));
    }

    [Theory]
    [InlineData(0.0312, 0.05)]
    [InlineData(0.2, 0.2)]
    [InlineData(0.7, 1)]
    [InlineData(0, 0.000_001)]
    public void TopFor_Probabilities_IsTheNextRoundOne(double highest, double top) => Assert.Equal(top, PlotData.TopFor(highest), 9);

    private static PlotData Story { get; } =
        new(
            [Point(5, 20, 0), Point(20, 45, 1), Point(35, 80, 2), Point(50, null, null), Point(60, 30, 2, version: "2")],
            s_start,
            s_start.AddDays(100),
            [("low", 0), ("moderate", 30), ("high", 70)],
            Top: 100
        );

    private static PlotPoint Point(double day, double? score, int? level, string version = "1") =>
        new(s_start.AddDays(day), score, score is { } at ? (at - 10, at + 12) : null, level, version);

    private static string Draw(PlotData data, PlotSigns signs, int width) =>
        string.Join('\n', PlotText.Draw(data, signs, width).Select(line => string.Concat(line.Select(cell => cell.Text)).TrimEnd()));
}
