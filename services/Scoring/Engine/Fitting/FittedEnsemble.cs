using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>One model or several whose probabilities are averaged, a linear opinion pool, and how the mean is calibrated.</summary>
public sealed record FittedEnsemble
{
    /// <summary>Gets the models, at least one; their weights sum to 1.</summary>
    public required ImmutableArray<FittedMember> Members { get; init; }

    /// <summary>Gets what the mean is mapped by; null for nothing.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>Lays the models out for rows with given columns.</summary>
    /// <param name="columns">The columns of the rows; more than the models use may be there.</param>
    /// <returns>The ensemble, ready to score.</returns>
    /// <exception cref="FittingException">A term with a coefficient names an indicator that is no column.</exception>
    public EnsembleScorer For(ImmutableArray<string> columns) => new(this, columns);
}
