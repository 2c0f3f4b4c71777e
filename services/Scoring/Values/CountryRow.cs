namespace EarlyWarning.Scoring.Values;

/// <summary>A country's values at a moment.</summary>
/// <param name="Country">Its code.</param>
/// <param name="Revision">The position of its journal that they include.</param>
/// <param name="Values">In the order asked for; NaN where none counts.</param>
/// <param name="StandardErrors">In the same order; NaN where the observation states none.</param>
internal sealed record CountryRow(string Country, long Revision, double[] Values, double[] StandardErrors)
{
    /// <summary>Whether any value counts.</summary>
    public bool HasData => Array.Exists(Values, static value => !double.IsNaN(value));
}
