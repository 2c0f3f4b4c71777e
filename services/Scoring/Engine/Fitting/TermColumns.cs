using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>Finds the columns that terms multiply.</summary>
internal static class TermColumns
{
    public static int[][] Of(IEnumerable<ImmutableArray<string>> terms, ImmutableArray<string> columns)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Length; i++)
            numbers[columns[i]] = i;
        return [.. terms.Select(term => term.Select(Find).ToArray())];

        int Find(string indicator) =>
            numbers.TryGetValue(indicator, out var column)
                ? column
                : throw new FittingException(indicator, "No column has this name.", "Name a column of the table.");
    }
}
