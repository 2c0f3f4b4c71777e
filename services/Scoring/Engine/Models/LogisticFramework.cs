using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// A logistic regression: p = 1 / (1 + exp(-(intercept + Σ coefficient · value + Σ coefficient · Π values))), a probability from 0 to 1,
/// calibrated where that is asked for. Source: D. R. Cox, "The Regression Analysis of Binary Sequences", Journal of the Royal Statistical
/// Society B 20 (1958).
/// </summary>
public sealed record LogisticFramework : Framework
{
    /// <summary>Gets the log-odds where every predictor is 0.</summary>
    public required double Intercept { get; init; }

    /// <summary>
    /// Gets the predictors with their coefficients: every indicator that the model reads, those of interactions included.
    /// </summary>
    public required ImmutableArray<Predictor> Predictors { get; init; }

    /// <summary>Gets the terms that are products of predictors; none by default.</summary>
    public ImmutableArray<Interaction> Interactions { get; init; } = [];

    /// <summary>Gets how the model's probability is brought to what was observed; null for as it is.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>
    /// Gets what a missing predictor does: <see cref="RefuseIncomplete"/> or <see cref="HoldDefaults"/>. A predictor that has a coefficient
    /// of 0 and is in no interaction is never missed.
    /// </summary>
    public required MissingDataPolicy Missing { get; init; }

    /// <inheritdoc/>
    public override double Ceiling => 1;
}
