using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Fitting.Tables;

/// <summary>Which columns of a data set tell of outcomes and so never may be features.</summary>
/// <param name="Outcome">The column that is fitted: <c>mk_onset_1</c>.</param>
/// <param name="Leads">
/// The other outcomes and what is derived from outcomes to come: <c>mk_onset</c>, <c>mk_onset_2</c>, <c>mk_onset_1or2</c>.
/// </param>
public sealed record OutcomeColumns(string Outcome, params ImmutableArray<string> Leads)
{
    /// <summary>Tells whether a column is the outcome or a declared lead.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>Whether it may not be a feature.</returns>
    public bool Contains(string column) => column == Outcome || (!Leads.IsDefault && Leads.Contains(column, StringComparer.Ordinal));
}
