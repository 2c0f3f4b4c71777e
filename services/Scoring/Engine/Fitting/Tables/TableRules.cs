using System.Collections.Immutable;
using System.Globalization;

namespace EarlyWarning.Scoring.Engine.Fitting.Tables;

/// <summary>What a table of cases must keep to.</summary>
internal static class TableRules
{
    public static void Check(ImmutableArray<string> columns, IReadOnlyList<TrainingRow> rows)
    {
        CheckNames(columns);
        if (rows.Count == 0)
            throw new FittingException("rows", "There is none.", "Give at least one.");
        for (var row = 0; row < rows.Count; row++)
            CheckRow(columns, rows[row], row);
    }

    public static void CheckNames(ImmutableArray<string> columns)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var column = 0; column < columns.Length; column++)
        {
            if (string.IsNullOrWhiteSpace(columns[column]))
                throw new FittingException($"columns[{column}]", "The column has no name.", "Give the indicator's code.");
            if (!names.Add(columns[column]))
                throw new FittingException(columns[column], "The name is used twice.", "Give each column a name of its own.");
        }
    }

    private static void CheckRow(ImmutableArray<string> columns, TrainingRow source, int row)
    {
        if (source.Values.Length != columns.Length)
            throw new FittingException(
                $"rows[{row}]",
                $"There are {source.Values.Length} values for {columns.Length} columns.",
                "Give one value a column."
            );
        for (var column = 0; column < columns.Length; column++)
            if (!double.IsFinite(source.Values[column]))
                throw new FittingException(
                    $"{columns[column]}[{row}]",
                    $"{source.Values[column].ToString("R", CultureInfo.InvariantCulture)} in row {row} is not a finite number.",
                    "Impute what is missing, or leave the row or the column out."
                );
        if (!source.Imputed.IsDefaultOrEmpty && source.Imputed.Length != columns.Length)
            throw new FittingException(
                $"rows[{row}].imputed",
                $"There are {source.Imputed.Length} marks for {columns.Length} columns.",
                "Give one mark a column, or none."
            );
        if (!(source.Weight > 0 && double.IsFinite(source.Weight)))
            throw new FittingException(
                $"rows[{row}].weight",
                $"{source.Weight.ToString("R", CultureInfo.InvariantCulture)} is no weight.",
                "Give a finite weight above 0, or leave the row out."
            );
    }
}
