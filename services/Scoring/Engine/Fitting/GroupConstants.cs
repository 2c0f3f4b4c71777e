namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// Finds columns that have one value a group, made of the group's outcomes: whether it has the event at some time, or how often. Such a
/// value knows what comes after the row.
/// </summary>
internal static class GroupConstants
{
    /// <summary>As for columns that change: chance would do as well in one of 16,384 columns at most.</summary>
    private const double EnoughBits = 14;

    /// <summary>How a column gives the outcome away; null where it does not.</summary>
    public static string? Reason(ObservedColumn column, ReadOnlySpan<sbyte> outcomes, string outcome)
    {
        var groups = new List<(double Value, double Rate)>();
        foreach (var group in column.Places.Groups)
        {
            var (value, events, known) = (double.NaN, 0, 0);
            foreach (var row in group)
            {
                if (outcomes[row] != ShiftedOutcomes.Unknown)
                    (events, known) = (events + outcomes[row], known + 1);
                if (!column.IsObserved(row))
                    continue;
                if (double.IsNaN(value))
                    value = column[row];
                else if (value != column[row])
                    return null;
            }

            if (known > 0 && !double.IsNaN(value))
                groups.Add((value, (double)events / known));
        }

        return IsEver(groups) ? $"The column has one value a group, which tells whether \"{outcome}\" ever comes to it."
            : IsRate(groups) ? $"The column has one value a group, which follows how often \"{outcome}\" comes to it."
            : null;
    }

    private static bool IsEver(List<(double Value, double Rate)> groups)
    {
        var ever = groups.Where(group => group.Rate > 0).Select(group => group.Value).ToArray();
        var never = groups.Where(group => group.Rate == 0).Select(group => group.Value).ToArray();
        return ever.Length > 0
            && never.Length > 0
            && (ever.Min() > never.Max() || ever.Max() < never.Min())
            && CompleteSeparation.ChoiceBits(groups.Count, Math.Min(ever.Length, never.Length)) >= EnoughBits;
    }

    /// <summary>Whether values and rates have the same order, or the opposite one, with the same ties.</summary>
    private static bool IsRate(List<(double Value, double Rate)> groups)
    {
        var sorted = groups.OrderBy(group => group.Rate).ThenBy(group => group.Value).ToArray();
        var bits = 0.0;
        int sign = 0,
            tied = 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            var same = sorted[i].Rate == sorted[i - 1].Rate;
            var step = sorted[i].Value.CompareTo(sorted[i - 1].Value);
            if (same != (step == 0))
                return false;
            if (!same && sign == 0)
                sign = step;
            if (!same && step != sign)
                return false;
            tied = same ? tied + 1 : 1;
            bits += Math.Log2((double)(i + 1) / tied);
        }

        return bits >= EnoughBits;
    }
}
