using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Fitting.Solving;

/// <summary>Draws samples with replacement; a row that was drawn twice has twice the weight.</summary>
internal static class Bootstrap
{
    private const int MaximumDraws = 1_000;

    public static TrainingTable Sample(TrainingTable table, ulong seed, bool groups)
    {
        var counts = groups ? OfGroups(table, new SplitMix64(seed)) : OfRows(table, new SplitMix64(seed));
        var drawn = Enumerable.Range(0, counts.Length).Where(row => counts[row] > 0).ToArray();
        return table.Select(drawn, [.. drawn.Select(row => counts[row])]);
    }

    /// <summary>As many events and as many others as there are.</summary>
    private static double[] OfRows(TrainingTable table, SplitMix64 generator)
    {
        var counts = new double[table.RowCount];
        var draw = 0UL;
        foreach (var events in (ReadOnlySpan<bool>)[true, false])
        {
            var rows = Enumerable.Range(0, table.RowCount).Where(row => table.Outcomes[row] == events).ToArray();
            foreach (var _ in rows)
                counts[rows[generator.Below(draw++, rows.Length)]]++;
        }

        return counts;
    }

    private static double[] OfGroups(TrainingTable table, SplitMix64 generator)
    {
        // In the groups' own order, so that the order of rows does not matter.
        var groups = Enumerable
            .Range(0, table.RowCount)
            .GroupBy(row => table.Groups[row])
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.ToArray())
            .ToArray();
        var draw = 0UL;
        for (var attempt = 0; attempt < MaximumDraws; attempt++)
        {
            var counts = new double[table.RowCount];
            for (var i = 0; i < groups.Length; i++)
                foreach (var row in groups[generator.Below(draw++, groups.Length)])
                    counts[row]++;
            var (events, others) = (false, false);
            for (var row = 0; row < counts.Length; row++)
            {
                events |= counts[row] > 0 && table.Outcomes[row];
                others |= counts[row] > 0 && !table.Outcomes[row];
            }

            if (events && others)
                return counts;
        }

        throw new FittingException("groups", "Samples of groups do not hold both outcomes.", "Draw rows, or give more groups with events.");
    }
}
