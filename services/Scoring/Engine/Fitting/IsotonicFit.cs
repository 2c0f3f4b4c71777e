using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Solving;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// Fits <see cref="IsotonicCalibration"/>: the rising function closest to the outcomes, which is constant over blocks of cases. Each block
/// becomes a point at the mean of its cases' probabilities, so that between two blocks no probability jumps. Source: B. Zadrozny and C.
/// Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates", KDD (2002).
/// </summary>
public static class IsotonicFit
{
    /// <summary>Fits the blocks; cases of the same probability count as one.</summary>
    /// <param name="probabilities">The probability of each case, by a model that was fitted without it.</param>
    /// <param name="outcomes">What came of each case.</param>
    /// <returns>The calibration. A block without an event is worth 0, one of events alone 1: give it many cases.</returns>
    /// <exception cref="FittingException">There is no case, the lengths differ, or a probability is not from 0 to 1.</exception>
    public static IsotonicCalibration Fit(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes)
    {
        HeldOutRules.Check(probabilities, outcomes);
        var sorted = probabilities.ToArray();
        var targets = new double[outcomes.Length];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = outcomes[i] ? 1 : 0;
        Array.Sort(sorted, targets);
        var places = new List<(double Bound, double Target, int Count)>();
        for (var i = 0; i < sorted.Length; i++)
        {
            if (places.Count > 0 && places[^1].Bound == sorted[i])
                places[^1] = (sorted[i], places[^1].Target + targets[i], places[^1].Count + 1);
            else
                places.Add((sorted[i], targets[i], 1));
        }

        var blocks = IsotonicRegression.Blocks(
            [.. places.Select(place => place.Target / place.Count)],
            [.. places.Select(place => (double)place.Count)]
        );
        var points = ImmutableArray.CreateBuilder<CalibrationPoint>(blocks.Count);
        foreach (var block in blocks)
        {
            double sum = 0;
            for (var i = block.First; i < block.End; i++)
                sum += places[i].Bound * places[i].Count;

            // A mean of means may round past an end of the scale.
            points.Add(new CalibrationPoint(Math.Clamp(sum / block.Weight, 0, 1), Math.Clamp(block.Value, 0, 1)));
        }

        return new IsotonicCalibration(points.MoveToImmutable());
    }
}
