using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Fitting.Tables;

/// <summary>One case to learn from: what was known of it, and what came of it.</summary>
/// <param name="Outcome">Whether the event came.</param>
/// <param name="Values">One finite value a column of the table.</param>
public sealed record TrainingRow(bool Outcome, ImmutableArray<double> Values)
{
    /// <summary>Gets how often the row counts, above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Gets what the row belongs to, as a rule its country; rows of one group may be kept in one fold.</summary>
    public string Group { get; init; } = "";

    /// <summary>
    /// Gets which values were not observed but put in the place of missing ones, one a column; empty where all were observed. The search
    /// for leaked columns looks at observed values alone.
    /// </summary>
    public ImmutableArray<bool> Imputed { get; init; } = [];

    /// <summary>Gets the period within the group, as a rule the year; without one the table's order counts.</summary>
    public int? Period { get; init; }
}
