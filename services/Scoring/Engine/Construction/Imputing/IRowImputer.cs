namespace EarlyWarning.Scoring.Engine.Construction.Imputing;

/// <summary>Fills a country's gaps before normalisation.</summary>
internal interface IRowImputer
{
    /// <summary>Fills what can be filled.</summary>
    /// <param name="row">The denominated values by leaf, NaN where missing; filled in place. Leaves that ask for no imputation
    /// stay.</param>
    /// <param name="errors">The standard error of each filled value, written by leaf; values that were there keep theirs.</param>
    /// <param name="groups">The country's group by grouping; null where it has none.</param>
    void Fill(Span<double> row, Span<double> errors, IReadOnlyDictionary<string, string>? groups);
}
