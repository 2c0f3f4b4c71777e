using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// A logistic regression that was fitted: p = 1 / (1 + exp(-(intercept + Σ coefficient · Π indicators))), then calibrated where a
/// calibration is given. Coefficients are on the indicators' own scales.
/// </summary>
public sealed record FittedModel
{
    /// <summary>Gets the log-odds where every indicator is 0.</summary>
    public required double Intercept { get; init; }

    /// <summary>Gets the terms in the order of the design, those with a coefficient of 0 too.</summary>
    public required ImmutableArray<FittedTerm> Terms { get; init; }

    /// <summary>Gets how it was fitted.</summary>
    public required FitDiagnostics Diagnostics { get; init; }

    /// <summary>Gets what the probability is mapped by last; null for nothing.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>Gets the number of terms whose coefficient is not 0.</summary>
    public int SelectedCount => Terms.Count(term => term.Coefficient != 0);

    /// <summary>Lays the model out for rows with given columns.</summary>
    /// <param name="columns">The columns of the rows; more than the model uses may be there.</param>
    /// <returns>The model, ready to score.</returns>
    /// <exception cref="FittingException">A term with a coefficient names an indicator that is no column.</exception>
    public ModelScorer For(ImmutableArray<string> columns) => new(this, columns);
}
