using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>Country-periods to fit or test a model on, without their outcomes.</summary>
/// <param name="Predictors">The indicators that predict.</param>
/// <param name="Field">The field of the request that lists them.</param>
/// <param name="Validity">How long an observation counts; <see langword="null"/> where a table does not say.</param>
/// <param name="WithHindsight">Takes what is known today of each moment.</param>
/// <param name="Times">The moments, rising; rows of one moment are a period.</param>
/// <param name="Rows">The rows.</param>
internal sealed record TrainingRows(
    ImmutableArray<string> Predictors,
    string Field,
    TimeSpan? Validity,
    bool WithHindsight,
    IReadOnlyList<DateTimeOffset> Times,
    IReadOnlyList<CountryPeriod> Rows
)
{
    /// <summary>The countries with a row.</summary>
    public string[] Countries => [.. Rows.Select(row => row.Country).Distinct(StringComparer.Ordinal)];
}

/// <summary>One country-period.</summary>
/// <param name="Country">The country.</param>
/// <param name="Period">The number of its moment.</param>
/// <param name="Values">The predictors' values; NaN where missing.</param>
internal sealed record CountryPeriod(string Country, int Period, ImmutableArray<double> Values);
