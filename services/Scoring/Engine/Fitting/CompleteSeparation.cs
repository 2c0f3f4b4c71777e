namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>Whether a column tells without error where a pattern of outcomes is 1 and where it is 0.</summary>
internal static class CompleteSeparation
{
    /// <summary>With fewer rows of either outcome to compare, a copy cannot be told from chance.</summary>
    private const int Fewest = 2;

    /// <summary>
    /// How much evidence a column that is no copy needs, in bits: chance would do as well in one of 16,384 columns at most. Each time that
    /// the outcome changes within a group is one bit, because the column must change with it; groups of one outcome count by the ways to
    /// choose
    /// them. Rows alone are no evidence: those of a country are much alike.
    /// </summary>
    private const double EnoughBits = 14;

    /// <summary>Whether the column has one value where the pattern is 1, and another one where it is 0.</summary>
    public static bool IsCopy(ObservedColumn column, ReadOnlySpan<sbyte> pattern)
    {
        double at0 = double.NaN,
            at1 = double.NaN;
        int count0 = 0,
            count1 = 0;
        for (var row = 0; row < column.Length; row++)
        {
            if (pattern[row] == ShiftedOutcomes.Unknown || !column.IsObserved(row))
                continue;
            ref var known = ref (pattern[row] == 0 ? ref at0 : ref at1);
            if (double.IsNaN(known))
                known = column[row];
            else if (known != column[row])
                return false;
            if (pattern[row] == 0)
                count0++;
            else
                count1++;
        }

        return count0 >= Fewest && count1 >= Fewest && at0 != at1;
    }

    /// <summary>Whether the column tells the pattern, in all rows or in those so many rows away from the ends of their groups.</summary>
    public static bool IsTold(ObservedColumn column, ReadOnlySpan<sbyte> pattern, int margin) =>
        IsToldFrom(column, pattern, 0) || (margin > 0 && IsToldFrom(column, pattern, margin));

    /// <summary>The logarithm to base 2 of the ways to choose some of many.</summary>
    public static double ChoiceBits(int many, int some)
    {
        var bits = 0.0;
        for (var i = 1; i <= some; i++)
            bits += Math.Log2((double)(many - some + i) / i);
        return bits;
    }

    private static bool IsToldFrom(ObservedColumn column, ReadOnlySpan<sbyte> pattern, int margin)
    {
        if (IsCut(column, pattern, margin))
            return Evidence(column, pattern, margin) >= EnoughBits;
        var spare = Evidence(column, pattern, margin) - EnoughBits;
        return spare >= 2 && HasOwnValues(column, pattern, margin, spare);
    }

    private static bool Counts(ObservedColumn column, ReadOnlySpan<sbyte> pattern, int margin, int row) =>
        pattern[row] != ShiftedOutcomes.Unknown && column.Places.FromEdge[row] >= margin && column.IsObserved(row);

    /// <summary>Whether all values of one outcome lie above all of the other.</summary>
    private static bool IsCut(ObservedColumn column, ReadOnlySpan<sbyte> pattern, int margin)
    {
        double low0 = double.PositiveInfinity,
            high0 = double.NegativeInfinity,
            low1 = low0,
            high1 = high0;
        for (var row = 0; row < column.Length; row++)
        {
            if (!Counts(column, pattern, margin, row))
                continue;
            var value = column[row];
            if (pattern[row] == 0)
                (low0, high0) = (Math.Min(low0, value), Math.Max(high0, value));
            else
                (low1, high1) = (Math.Min(low1, value), Math.Max(high1, value));
            if (high0 >= low1 && high1 >= low0)
                return false;
        }

        return low0 <= high0 && low1 <= high1;
    }

    /// <summary>Whether each value of the column belongs to one outcome alone; each costs a bit of what is to spare.</summary>
    private static bool HasOwnValues(ObservedColumn column, ReadOnlySpan<sbyte> pattern, int margin, double spare)
    {
        var outcomes = new Dictionary<double, sbyte>();
        for (var row = 0; row < column.Length; row++)
        {
            if (!Counts(column, pattern, margin, row))
                continue;
            if (outcomes.TryAdd(column[row], pattern[row]) ? outcomes.Count > spare : outcomes[column[row]] != pattern[row])
                return false;
        }

        return outcomes.Count > 1;
    }

    private static double Evidence(ObservedColumn column, ReadOnlySpan<sbyte> pattern, int margin)
    {
        int changes = 0,
            steady = 0,
            steadyEvents = 0;
        foreach (var group in column.Places.Groups)
        {
            var before = ShiftedOutcomes.Unknown;
            var own = 0;
            foreach (var row in group)
            {
                if (!Counts(column, pattern, margin, row))
                    continue;
                if (before != ShiftedOutcomes.Unknown && pattern[row] != before)
                    own++;
                before = pattern[row];
            }

            changes += own;
            if (own > 0 || before == ShiftedOutcomes.Unknown)
                continue;
            steady++;
            if (before == 1)
                steadyEvents++;
        }

        return changes + ChoiceBits(steady, Math.Min(steadyEvents, steady - steadyEvents));
    }
}
