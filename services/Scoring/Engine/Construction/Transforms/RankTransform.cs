namespace EarlyWarning.Scoring.Engine.Construction.Transforms;

/// <summary>
/// Ranks, Borda counts and percentile ranks: start + span · count / width, where the count is the number of the reference set's values that
/// are lower, or greater where more of the indicator is less. A value past the whole set counts as the first of the set would.
/// </summary>
/// <param name="sorted">The set's values in rising order; at least one.</param>
/// <param name="lowers">Whether greater values are counted.</param>
/// <param name="start">The value for a count of 0.</param>
/// <param name="span">What a count of <paramref name="width"/> adds.</param>
/// <param name="width">A count.</param>
internal sealed class RankTransform(double[] sorted, bool lowers, double start, double span, double width) : Transform
{
    public override double Low => start;

    public override double High => start + (span * ((sorted.Length - 1) / width));

    public override double Apply(double value) => start + (span * (CountAt(value) / width));

    private int CountAt(double value) => Math.Min(lowers ? sorted.Length - After(value) : Before(value), sorted.Length - 1);

    /// <summary>The number of values below one.</summary>
    private int Before(double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The number of values below or at one.</summary>
    private int After(double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
