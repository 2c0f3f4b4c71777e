using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>What was forecast beside what came, in bins of about equally many cases.</summary>
/// <param name="Bins">The bins, probabilities rising.</param>
/// <param name="ExpectedCalibrationError">
/// The mean distance between the two, each bin counted by its cases, 0 to 1. Source: M. P. Naeini, G. Cooper and M. Hauskrecht, "Obtaining
/// Well Calibrated Probabilities Using Bayesian Binning", AAAI (2015), with bins of equal count.
/// </param>
public sealed record CalibrationCurve(ImmutableArray<CalibrationBin> Bins, double ExpectedCalibrationError)
{
    /// <summary>Draws it. Cases of one probability are never parted, so there may be fewer bins than asked for.</summary>
    /// <param name="cases">The forecasts with their outcomes, in any order.</param>
    /// <param name="bins">The number of bins, at least 1.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="FittingException">There is no case, or a score is not from 0 to 1.</exception>
    public static CalibrationCurve Measure(ReadOnlySpan<ScoredOutcome> cases, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ForecastRules.CheckProbabilities(cases);
        var sorted = Sorted(cases);
        var ranges = Ranges(sorted, bins);
        var found = ImmutableArray.CreateBuilder<CalibrationBin>(ranges.Count);
        var error = 0.0;
        foreach (var (first, end) in ranges)
        {
            var bin = Bin(sorted.AsSpan(first, end - first));
            found.Add(bin);
            error += bin.Count * Math.Abs(bin.MeanProbability - bin.ObservedRate) / cases.Length;
        }

        return new CalibrationCurve(found.MoveToImmutable(), error);
    }

    internal static ScoredOutcome[] Sorted(ReadOnlySpan<ScoredOutcome> cases)
    {
        var sorted = cases.ToArray();
        Array.Sort(sorted, static (a, b) => a.Score.CompareTo(b.Score));
        return sorted;
    }

    /// <summary>Cuts sorted cases into bins; one a distinct probability where no number is given.</summary>
    internal static List<(int First, int End)> Ranges(ReadOnlySpan<ScoredOutcome> sorted, int? bins)
    {
        var ranges = new List<(int First, int End)>();
        for (var first = 0; first < sorted.Length; )
        {
            // The next of the bounds that cut the cases evenly, so that a bin that grew by ties leaves the next one smaller.
            var end = first + 1;
            if (bins is { } count)
            {
                var bound = (((first + 1L) * count) + sorted.Length - 1) / sorted.Length;
                end = (int)(bound * sorted.Length / count);
            }

            while (end < sorted.Length && sorted[end].Score == sorted[end - 1].Score)
                end++;
            ranges.Add((first, end));
            first = end;
        }

        return ranges;
    }

    private static CalibrationBin Bin(ReadOnlySpan<ScoredOutcome> cases)
    {
        var sum = 0.0;
        foreach (var item in cases)
            sum += item.Score;
        return new CalibrationBin(cases.Length, ForecastRules.Events(cases), sum / cases.Length, cases[0].Score, cases[^1].Score);
    }
}
