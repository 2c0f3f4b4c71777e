using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// Several regressions whose probabilities are averaged by weight: Σ w·p / Σ w. A mean of differing models is seldom worse than the best of
/// them. Source: R. T. Clemen, "Combining forecasts: a review and annotated bibliography", International Journal of Forecasting 5 (1989).
/// </summary>
public sealed record EnsembleFramework : Framework
{
    /// <summary>
    /// Gets the members, two or more. An indicator that several of them read has the same validity, default and range in each.
    /// </summary>
    public required ImmutableArray<EnsembleMember> Members { get; init; }

    /// <summary>Gets how the mean is brought to what was observed; null for as it is.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>Gets what a missing predictor does in every member, as in a <see cref="LogisticFramework"/>.</summary>
    public required MissingDataPolicy Missing { get; init; }

    /// <inheritdoc/>
    public override double Ceiling => 1;
}

/// <summary>One regression of an ensemble.</summary>
/// <param name="Code">Its code, unique in the framework.</param>
/// <param name="Weight">Its weight beside the others; above 0, only ratios count.</param>
public sealed record EnsembleMember(string Code, double Weight = 1)
{
    /// <summary>Gets the log-odds where every predictor is 0.</summary>
    public required double Intercept { get; init; }

    /// <summary>Gets the predictors, as in a <see cref="LogisticFramework"/>.</summary>
    public required ImmutableArray<Predictor> Predictors { get; init; }

    /// <summary>Gets the products of predictors.</summary>
    public ImmutableArray<Interaction> Interactions { get; init; } = [];

    /// <summary>Gets the member's own calibration; null for none.</summary>
    public Calibration? Calibration { get; init; }
}
