using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>An ensemble laid out for rows of given columns; scoring allocates nothing. Safe to share between threads.</summary>
public sealed class EnsembleScorer
{
    private readonly (ModelScorer Model, double Weight)[] _members;
    private readonly Calibration? _calibration;

    internal EnsembleScorer(FittedEnsemble ensemble, ImmutableArray<string> columns)
    {
        _members = [.. ensemble.Members.Select(member => (member.Model.For(columns), member.Weight))];
        _calibration = ensemble.Calibration;
    }

    /// <summary>Scores a row.</summary>
    /// <param name="row">One value a column.</param>
    /// <returns>The probability of the event, calibrated where the ensemble is; NaN where a value that is used is NaN.</returns>
    public double Probability(ReadOnlySpan<double> row)
    {
        var mean = 0.0;
        foreach (var (model, weight) in _members)
            mean += weight * model.Probability(row);

        // The mean of values at 1 may round past it.
        mean = Math.Min(mean, 1);
        return _calibration?.Apply(mean) ?? mean;
    }
}
