namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// Refuses features that give the outcome away: columns that are declared as outcomes, and columns that nobody declared but that are a
/// one-to-one copy of the outcome, of the outcome so many rows later in the same group, or of whether the event comes within so many rows.
/// The outcome of an earlier row, a lag, is legitimate. Looks 10 rows ahead and needs two rows of either outcome to know a copy.
/// </summary>
public static class LeakGuard
{
    /// <summary>How many rows ahead a copy of the outcome is looked for.</summary>
    private const int Furthest = 10;

    /// <summary>With fewer rows of either outcome to compare, a copy cannot be told from chance.</summary>
    private const int Fewest = 2;

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
        foreach (var column in used) CheckCopy(table, column, shifted);
    }

    private static void CheckCopy(TrainingTable table, int column, ShiftedOutcomes shifted)
    {
        var values = table.Column(column);
        var name = table.Columns[column];
        var outcome = table.Outcome.Outcome;
        if (IsCopy(values, shifted.At(0))) throw new LeakedColumnException(name, $"The column equals the outcome \"{outcome}\" row by row.");
        for (var ahead = 1; ahead <= Furthest; ahead++)
        {
            if (IsCopy(values, shifted.At(ahead)) && !IsLag(values, shifted))
                throw new LeakedColumnException(name, $"The column equals the outcome \"{outcome}\" {ahead} ahead in the same group.");
            if ((IsCopy(values, shifted.Within(0, ahead)) || (ahead > 1 && IsCopy(values, shifted.Within(1, ahead)))) && !IsLag(values, shifted))
                throw new LeakedColumnException(name, $"The column tells whether \"{outcome}\" comes within {ahead} ahead in the same group.");
        }
    }

    private static bool IsLag(ReadOnlySpan<double> values, ShiftedOutcomes shifted)
    {
        for (var back = 1; back <= Furthest; back++)
            if (IsCopy(values, shifted.At(-back))) return true;
        return false;
    }

    /// <summary>Whether the column has one value where the pattern is 1, and another one where it is 0.</summary>
    private static bool IsCopy(ReadOnlySpan<double> values, ReadOnlySpan<sbyte> pattern)
    {
        double at0 = double.NaN, at1 = double.NaN;
        int count0 = 0, count1 = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (pattern[row] == ShiftedOutcomes.Unknown) continue;
            ref var known = ref (pattern[row] == 0 ? ref at0 : ref at1);
            if (double.IsNaN(known)) known = values[row];
            else if (known != values[row]) return false;
            if (pattern[row] == 0) count0++;
            else count1++;
        }

        return count0 >= Fewest && count1 >= Fewest && at0 != at1;
    }
}
