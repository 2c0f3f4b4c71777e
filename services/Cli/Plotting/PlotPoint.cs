namespace EarlyWarning.Cli.Plotting;

/// <summary>What holds of a country from a moment on, until the next one.</summary>
/// <param name="Time">From when.</param>
/// <param name="Score">The score; nothing where data are insufficient.</param>
/// <param name="Range">The range of the score; nothing where errors are not stated, or it was not asked for.</param>
/// <param name="Level">The place of the level among the framework's; of what is reached at least where there is no score.</param>
/// <param name="Version">The framework's version that decided it.</param>
internal sealed record PlotPoint(DateTimeOffset Time, double? Score, (double Lower, double Upper)? Range, int? Level, string Version);

/// <summary>A history to draw: what held when, and what the axes are.</summary>
/// <param name="Points">What held, oldest first; before the first nothing is known.</param>
/// <param name="From">Where the axis of time begins.</param>
/// <param name="To">Where it ends, after <paramref name="From"/>.</param>
/// <param name="Levels">The framework's levels with their lowest scores, from the lowest.</param>
/// <param name="Top">The upper end of the scale, whose lower end is 0.</param>
internal sealed record PlotData(
    IReadOnlyList<PlotPoint> Points,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<(string Name, double Lowest)> Levels,
    double Top
)
{
    /// <summary>When a column of the drawing begins.</summary>
    public DateTimeOffset Start(int column, int columns) => From + ((To - From) * ((double)column / columns));

    /// <summary>What held in a column, oldest first: what held at its start, and what came in it.</summary>
    public IReadOnlyList<PlotPoint> In(int column, int columns)
    {
        var (start, end) = (Start(column, columns), column == columns - 1 ? To.AddTicks(1) : Start(column + 1, columns));
        var within = Points.Where(point => point.Time > start && point.Time < end);
        return Points.LastOrDefault(point => point.Time <= start) is { } before ? [before, .. within] : [.. within];
    }

    /// <summary>
    /// The scale's upper end for probabilities, which would all lie at the foot of one up to 1: the next 1, 2 or 5 with zeros.
    /// </summary>
    public static double TopFor(double highest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(highest, 1e-6))));
        return Math.Min(1, new[] { 1.0, 2, 5, 10 }.First(step => step * power >= highest * 0.999_999) * power);
    }
}
