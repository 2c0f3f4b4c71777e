namespace EarlyWarning.Cli.Scoring;

/// <summary>Draws where a figure and its range lie, in plain ASCII, so that any terminal and any log shows it.</summary>
internal static class RangeChart
{
    private const int Width = 32;

    /// <summary>A range with its figure on a common scale: <c>   [---|--]    </c>.</summary>
    public static string Range(double lower, double middle, double upper, double from, double to)
    {
        if (!(to > from) || !double.IsFinite(lower) || !double.IsFinite(upper))
        {
            return "";
        }

        Span<char> bar = stackalloc char[Width];
        bar.Fill(' ');
        var (left, right) = (Place(lower, from, to), Place(upper, from, to));
        bar[left..(right + 1)].Fill('-');
        (bar[left], bar[right]) = ('[', ']');
        if (double.IsFinite(middle))
        {
            bar[Place(middle, from, to)] = '|';
        }

        return new string(bar).TrimEnd();
    }

    /// <summary>A share from 0 to 1: <c>########</c>.</summary>
    public static string Share(double share) => new('#', (int)Math.Round(Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * Width));

    private static int Place(double value, double from, double to) =>
        (int)Math.Round(Math.Clamp((value - from) / (to - from), 0, 1) * (Width - 1));
}
