using System.Globalization;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Top;

/// <summary>The pane of the ranking.</summary>
internal static class RankingLines
{
    private static readonly Column[] s_columns =
    [
        Column.Figure("#"),
        "code",
        "country",
        "level",
        Column.Figure("score"),
        "range",
        Column.Figure("cover"),
        Column.Figure("trend"),
        "firing",
    ];

    /// <summary>Its head and at most so many rows, the marked one among them.</summary>
    public static IEnumerable<TopLine> Of(TopState state, int rows, int width, bool isMarked)
    {
        var all = state.Ranking().ToList();
        var marked = TopKeys.Place([.. all.Select(row => row.Risk.Country)], state.Country);
        var (first, count) = Window(all.Count, marked, rows);
        yield return Head(state, all.Count).Cut(width);
        foreach (
            var line in TopTable.Lay(
                s_columns,
                stretched: 2,
                [.. all.Skip(first).Take(count).Select(row => Row(state, row.Rank, row.Risk))],
                isMarked && state.Pane == TopPane.Ranking ? marked - first : -1,
                width
            )
        )
        {
            yield return line;
        }
    }

    /// <summary>Which rows are on the screen, so that the marked one is about its middle.</summary>
    public static (int First, int Count) Window(int all, int marked, int rows)
    {
        var count = Math.Min(all, Math.Max(1, rows));
        return (Math.Clamp(marked - (count / 2), 0, all - count), count);
    }

    private static TopLine Head(TopState state, int shown)
    {
        var narrowed =
            (state.LowestLevel is { } lowest ? $", {state.Levels[lowest]} or higher, or not known" : "")
            + (state.Search.Length > 0 ? $", \"{Visible.Of(state.Search)}\"" : "");
        var counted = state.Whole.Contains(TopState.RisksPart) ? $"{shown} of {DisplayText.Countries(state.Risks.Count)}" : "not known yet";
        return TopLine.Of($"RANKING  {counted}", new Cell(narrowed, Tone.Warn));
    }

    private static Cell[] Row(TopState state, int? rank, CountryRisk risk) =>
        [
            rank?.ToString(CultureInfo.InvariantCulture) ?? DisplayText.None,
            risk.Country,
            Visible.Of(risk.CountryName),
            new(LevelOf(risk), ToneOf(state, risk)),
            DisplayText.Figure(risk.HasScore, risk.Score),
            risk.Interval is { } range ? $"{DisplayText.Figure(range.Lower)}–{DisplayText.Figure(range.Upper)}"
            : risk.HasScore ? "not stated"
            : DisplayText.None,
            RiskText.Coverage(risk.HasCoverage, risk.Coverage),
            risk.HasTrend ? risk.Trend.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture) : DisplayText.None,
            risk.Faulty ? new Cell("faulty", Tone.Bad)
            : risk.FiringThresholds > 0 ? new Cell(risk.FiringThresholds.ToString(CultureInfo.InvariantCulture), Tone.Bad)
            : "",
        ];

    private static string LevelOf(CountryRisk risk) =>
        risk.Level.Length > 0 ? risk.Level
        : risk.LevelAtLeast.Length > 0 ? $"at least {risk.LevelAtLeast}"
        : "not known";

    // The two highest of the framework's levels, if it has that many above the lowest.
    private static Tone ToneOf(TopState state, CountryRisk risk) =>
        !risk.HasLevelOrder || risk.LevelOrder == 0 ? Tone.Plain
        : risk.LevelOrder == state.Levels.Count - 1 ? Tone.Bad
        : risk.LevelOrder == state.Levels.Count - 2 ? Tone.Warn
        : Tone.Plain;
}
