using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>The rows of each group in order of time, by period where rows have one, else by the order of the table.</summary>
internal sealed class GroupPlaces
{
    public GroupPlaces(TrainingTable table)
    {
        Groups =
        [
            .. Enumerable
                .Range(0, table.RowCount)
                .GroupBy(row => table.Groups[row], StringComparer.Ordinal)
                .Select(group => group.OrderBy(row => table.Periods[row] ?? 0).ToArray()),
        ];
        FromEdge = new int[table.RowCount];
        foreach (var group in Groups)
            for (var i = 0; i < group.Length; i++)
                FromEdge[group[i]] = Math.Min(i, group.Length - 1 - i);
    }

    /// <summary>Gets the numbers of each group's rows, in order.</summary>
    public int[][] Groups { get; }

    /// <summary>Gets how many rows lie between each row and the nearer end of its group.</summary>
    public int[] FromEdge { get; }
}
