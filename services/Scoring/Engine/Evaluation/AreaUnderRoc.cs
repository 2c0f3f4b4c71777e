using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>
/// The area under the receiver operating characteristic: the probability that a case with the event has the higher score than one without it,
/// ties counted as half. Source: H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947); J. Hanley and B. McNeil, Radiology
/// 143 (1982).
/// </summary>
/// <param name="Value">The area, 0 to 1; 0.5 is chance.</param>
/// <param name="StandardError">
/// Its standard error by E. DeLong, D. DeLong and D. Clarke-Pearson, Biometrics 44 (1988); null with fewer than two cases of either outcome.
/// </param>
/// <param name="Low">The lower end of its normal interval, not below 0; null where there is no standard error.</param>
/// <param name="High">The upper end, not above 1; null where there is no standard error.</param>
public sealed record AreaUnderRoc(double Value, double? StandardError, double? Low, double? High)
{
    /// <summary>Measures it in n·log n.</summary>
    /// <param name="cases">The forecasts with their outcomes, in any order.</param>
    /// <param name="confidence">The probability that the interval is built for, above 0 and below 1.</param>
    /// <returns>The area; null where one of the two outcomes never came.</returns>
    /// <exception cref="Fitting.FittingException">A score is not a number.</exception>
    public static AreaUnderRoc? Measure(ReadOnlySpan<ScoredOutcome> cases, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        CaseRules.CheckScores(cases);
        var eventCount = CaseRules.Events(cases);
        var otherCount = cases.Length - eventCount;
        if (eventCount == 0 || otherCount == 0) return null;
        var (events, others) = (new double[eventCount], new double[otherCount]);
        int nextEvent = 0, nextOther = 0;
        foreach (var item in cases)
        {
            if (item.Outcome) events[nextEvent++] = item.Score;
            else others[nextOther++] = item.Score;
        }

        Array.Sort(events);
        Array.Sort(others);
        var (value, spread) = Placements(events, others);
        if (eventCount < 2 || otherCount < 2) return new AreaUnderRoc(value, null, null, null);
        var (_, otherSpread) = Placements(others, events);
        var error = Math.Sqrt((spread / eventCount) + (otherSpread / otherCount));
        var reach = NormalQuantile.Of((1 + confidence) / 2) * error;
        return new AreaUnderRoc(value, error, Math.Max(0, value - reach), Math.Min(1, value + reach));
    }

    /// <summary>The mean and the variance of each item's share of the others that it is above of, ties as half; both rows sorted.</summary>
    private static (double Mean, double Variance) Placements(ReadOnlySpan<double> items, ReadOnlySpan<double> others)
    {
        double sum = 0, squares = 0;
        int below = 0, upTo = 0;
        foreach (var item in items)
        {
            while (below < others.Length && others[below] < item) below++;
            while (upTo < others.Length && others[upTo] <= item) upTo++;
            var share = (below + upTo) / 2.0 / others.Length;
            sum += share;
            squares += share * share;
        }

        var mean = sum / items.Length;
        return (mean, items.Length > 1 ? Math.Max(0, squares - (sum * mean)) / (items.Length - 1) : 0);
    }
}
