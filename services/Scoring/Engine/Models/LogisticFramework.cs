using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// A logistic regression: p = 1 / (1 + exp(-(intercept + Σ coefficient · value))), a probability from 0 to 1.
/// Source: D. R. Cox, "The Regression Analysis of Binary Sequences", Journal of the Royal Statistical Society B 20 (1958).
/// </summary>
public sealed record LogisticFramework : Framework
{
    /// <summary>Gets the log-odds where every predictor is 0.</summary>
    public required double Intercept { get; init; }

    /// <summary>Gets the predictors with their coefficients.</summary>
    public required ImmutableArray<Predictor> Predictors { get; init; }

    /// <summary>
    /// Gets what a missing predictor does: <see cref="RefuseIncomplete"/> or <see cref="HoldDefaults"/>. A predictor whose coefficient is 0
    /// is never missed.
    /// </summary>
    public required MissingDataPolicy Missing { get; init; }

    /// <inheritdoc/>
    public override double Ceiling => 1;
}
