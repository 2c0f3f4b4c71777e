namespace EarlyWarning.Scoring.Engine.Construction.Imputing;

/// <summary>One way to fill gaps of a row, learned from the reference set. Immutable.</summary>
internal interface IFiller
{
    /// <summary>Fills the gaps that it can.</summary>
    /// <param name="observed">The row as it was observed, by leaf; NaN where missing.</param>
    /// <param name="row">Takes what is filled.</param>
    /// <param name="errors">Takes the standard error of what is filled.</param>
    /// <param name="groups">The country's group by grouping; null where it has none.</param>
    void Fill(ReadOnlySpan<double> observed, Span<double> row, Span<double> errors, IReadOnlyDictionary<string, string>? groups);
}
