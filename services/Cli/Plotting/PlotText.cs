using System.Globalization;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Plotting;

/// <summary>
/// Draws a history in text: the score, its range, the levels' bounds; below them the level of each time, which may be another than the
/// score's band. What is not known is left empty.
/// </summary>
internal static class PlotText
{
    private const int LeastColumns = 20;
    private const int Rows = 16;
    private const string Level = "level";

    /// <summary>The lines, none wider than the screen.</summary>
    public static IEnumerable<IReadOnlyList<Cell>> Draw(PlotData data, PlotSigns signs, int width)
    {
        var labels = Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? DisplayText.Figure(Middle(data, row)) : "").ToArray();
        var left = labels.Append(Level).Max(label => label.Length);
        var right = data.Levels.Max(level => level.Name.Length);
        var columns = Math.Max(LeastColumns, width - left - right - 4);
        var known = Enumerable.Range(0, columns).Select(column => data.In(column, columns)).ToArray();
        for (var row = Rows - 1; row >= 0; row--)
        {
            var bounds = data
                .Levels.Where(level => level.Lowest > 0 && RowOf(data, level.Lowest) == row)
                .Select(level => level.Name)
                .ToArray();
            var line = string.Concat(known.Select(points => Sign(data, points, row, bounds.Length > 0, signs)));
            yield return [$"{labels[row].PadLeft(left)} {signs.Side}{line} ", new(bounds.Length > 0 ? bounds[^1] : "", Tone.Dim)];
        }

        var indent = new string(' ', left + 1);
        var ticks = Ticks(data, columns);
        yield return [indent + Axis(ticks, columns, signs)];
        yield return [indent + " " + Dates(data, ticks, columns)];
        yield return [Level.PadLeft(left) + "  " + string.Concat(known.Select(points => LevelSign(points, signs)))];
        if (Versions(known) is { } versions)
        {
            yield return [indent + " " + versions];
        }

        yield return [new(Legend(data, signs, Versions(known) is not null), Tone.Dim)];
    }

    private static char Sign(PlotData data, IReadOnlyList<PlotPoint> points, int row, bool isBound, PlotSigns signs)
    {
        var scores = points.Select(point => point.Score).OfType<double>().ToList();
        if (scores.Count > 0)
        {
            var (low, high) = (HalfOf(data, scores.Min()), HalfOf(data, scores.Max()));
            var (lower, upper) = (low <= 2 * row && 2 * row <= high, low <= (2 * row) + 1 && (2 * row) + 1 <= high);
            if (lower || upper)
            {
                return lower && upper ? signs.Both
                    : lower ? signs.Lower
                    : signs.Upper;
            }
        }

        return points is [.., { Score: not null, Range: var (from, to) }] && RowOf(data, from) <= row && row <= RowOf(data, to)
                ? signs.Range
            : isBound ? signs.Bound
            : ' ';
    }

    private static char LevelSign(IReadOnlyList<PlotPoint> points, PlotSigns signs) =>
        points is not [.., var last] ? ' '
        : last.Level is { } level ? (char)('0' + Math.Min(level, 9))
        : signs.Unknown;

    private static string? Versions(IReadOnlyList<PlotPoint>[] known)
    {
        var marks = known
            .Select((points, column) => known[Math.Max(0, column - 1)].TakeLast(1).Concat(points).Select(point => point.Version).Distinct())
            .Select(versions => versions.Count() > 1 ? 'v' : ' ')
            .ToArray();
        return marks.Contains('v') ? new string(marks).TrimEnd() : null;
    }

    private static string Legend(PlotData data, PlotSigns signs, bool hasVersions) =>
        $"{signs.Both} score  {signs.Range} its range  "
        + string.Join("  ", data.Levels.Select((level, place) => $"{Math.Min(place, 9)} {level.Name}"))
        + $" (or higher, without a score)  {signs.Unknown} not known"
        + (hasVersions ? "  v a new version of the framework" : "");

    private static double Middle(PlotData data, int row) => data.Top * row / (Rows - 1);

    // The lowest row stands for 0 and the highest for the top; a row has two halves.
    private static int HalfOf(PlotData data, double score) =>
        Math.Clamp((int)Math.Round(score / data.Top * ((2 * Rows) - 1), MidpointRounding.AwayFromZero), 0, (2 * Rows) - 1);

    private static int RowOf(PlotData data, double score) => HalfOf(data, score) / 2;

    // Dates are as far apart as they are long: with the time of day where a column is less than a day.
    private static int[] Ticks(PlotData data, int columns)
    {
        var apart = FormOf(data, columns).Length + 3;
        return [.. Enumerable.Range(0, columns).Where(column => column % apart == 0 && column + apart - 3 <= columns)];
    }

    private static string FormOf(PlotData data, int columns) =>
        (data.To - data.From) / columns * 13 >= TimeSpan.FromDays(1) ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm";

    private static string Axis(int[] ticks, int columns, PlotSigns signs) =>
        signs.Corner + string.Concat(Enumerable.Range(0, columns).Select(column => ticks.Contains(column) ? signs.Tick : signs.Foot));

    private static string Dates(PlotData data, int[] ticks, int columns)
    {
        var form = FormOf(data, columns);
        var text = "";
        foreach (var tick in ticks)
        {
            text = text.PadRight(tick) + data.Start(tick, columns).UtcDateTime.ToString(form, CultureInfo.InvariantCulture);
        }

        return text;
    }
}

/// <summary>The signs of a drawing.</summary>
internal sealed record PlotSigns(
    char Both,
    char Lower,
    char Upper,
    char Range,
    char Bound,
    char Unknown,
    char Side,
    char Corner,
    char Foot,
    char Tick
)
{
    public static PlotSigns Blocks { get; } = new('█', '▄', '▀', '░', '┈', '·', '│', '└', '─', '┬');

    public static PlotSigns Ascii { get; } = new('#', '#', '#', ':', '-', '.', '|', '+', '-', '+');
}
