using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// Refuses features that give the outcome away: columns that are declared as outcomes, and columns that nobody declared but that tell it
/// without error. Observed values alone are looked at, not those that were put in the place of missing ones, and only rows of which the
/// outcome is known too. Refused is
/// <list type="bullet">
/// <item>a one-to-one copy of the outcome, of the outcome so many rows later in the same group, or of whether the event comes within so
/// many rows, with two rows of either outcome;</item>
/// <item>a column that tells one of those apart without error, by a cut or by having values of its own for either, at the rows away from
/// the beginning and the end of each group too, where a lead is filled with something else (<see cref="CompleteSeparation"/>);</item>
/// <item>a column of one value a group that tells which groups have the event at some time, or how often
/// (<see cref="GroupConstants"/>).</item>
/// </list>
/// The outcome of an earlier row, a lag, is legitimate. Looks 10 rows ahead. What several columns tell together is not looked for.
/// </summary>
public static class LeakGuard
{
    /// <summary>How many rows ahead a copy of the outcome is looked for.</summary>
    private const int Furthest = 10;

    /// <summary>Checks the columns that a design uses; every fit does so first.</summary>
    /// <param name="table">The cases.</param>
    /// <param name="design">The terms.</param>
    /// <exception cref="LeakedColumnException">A column gives the outcome away.</exception>
    /// <exception cref="FittingException">A term names no column of the table.</exception>
    public static void Check(TrainingTable table, FeatureDesign design)
    {
        var used = design.Bind(table.Columns).SelectMany(columns => columns).Distinct().Order().ToArray();
        foreach (var column in used)
            if (table.Outcome.Contains(table.Columns[column]))
                throw new LeakedColumnException(table.Columns[column], "The column is declared as an outcome or a lead of one.");

        var shifted = new ShiftedOutcomes(table, Furthest);
        foreach (var column in used)
            if (Reason(new ObservedColumn(table, column, shifted.Places), shifted, table.Outcome.Outcome) is { } reason)
                throw new LeakedColumnException(table.Columns[column], reason);
    }

    private static string? Reason(ObservedColumn column, ShiftedOutcomes shifted, string outcome)
    {
        if (CompleteSeparation.IsCopy(column, shifted.At(0)))
            return $"The column equals the outcome \"{outcome}\" row by row.";
        if (CompleteSeparation.IsTold(column, shifted.At(0), 1) && !IsLag(column, shifted))
            return $"The column tells the outcome \"{outcome}\" without error, row by row.";
        for (var ahead = 1; ahead <= Furthest; ahead++)
        {
            if (Gives(column, shifted.At(ahead), ahead) is { } same && !IsLag(column, shifted))
                return $"The column {same} the outcome \"{outcome}\" {ahead} ahead in the same group.";
            if (
                (Gives(column, shifted.Within(0, ahead), ahead) ?? (ahead > 1 ? Gives(column, shifted.Within(1, ahead), ahead) : null))
                    is not null
                && !IsLag(column, shifted)
            )
                return $"The column tells whether \"{outcome}\" comes within {ahead} ahead in the same group.";
        }

        return GroupConstants.Reason(column, shifted.At(0), outcome);
    }

    private static string? Gives(ObservedColumn column, ReadOnlySpan<sbyte> pattern, int margin) =>
        CompleteSeparation.IsCopy(column, pattern) ? "equals"
        : CompleteSeparation.IsTold(column, pattern, margin + 1) ? "tells without error"
        : null;

    private static bool IsLag(ObservedColumn column, ShiftedOutcomes shifted)
    {
        for (var back = 1; back <= Furthest; back++)
            if (CompleteSeparation.IsCopy(column, shifted.At(-back)) || CompleteSeparation.IsTold(column, shifted.At(-back), 0))
                return true;
        return false;
    }
}
