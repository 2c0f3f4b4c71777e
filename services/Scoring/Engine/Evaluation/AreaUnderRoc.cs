using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>
/// The area under the receiver operating characteristic: the probability that a case with the event has the higher score than one without
/// it, ties counted as half. Source: H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947); J. Hanley and B. McNeil,
/// Radiology
/// 143 (1982).
/// </summary>
/// <param name="Value">The area, 0 to 1; 0.5 is chance.</param>
/// <param name="StandardError">
/// Its standard error: where each country has one case, by E. DeLong, D. DeLong and D. Clarke-Pearson, Biometrics 44 (1988); where
/// countries have several, which are no independent cases, by N. Obuchowski, Biometrics 53 (1997), of which the former is a special case.
/// Null with
/// fewer than two countries that have either outcome.
/// </param>
/// <param name="Low">
/// The lower end of its normal interval, not below 0; null where there is no standard error, or one of 0, which is no certainty: the scores
/// tell the few cases apart.
/// </param>
/// <param name="High">The upper end, not above 1; null where there is no lower end.</param>
/// <param name="Clustered">Whether countries have several cases.</param>
public sealed record AreaUnderRoc(double Value, double? StandardError, double? Low, double? High, bool Clustered)
{
    /// <summary>Measures it in n·log n.</summary>
    /// <param name="cases">The forecasts with their outcomes, in any order; one without a country is independent of all others.</param>
    /// <param name="confidence">The probability that the interval is built for, above 0 and below 1.</param>
    /// <returns>The area; null where one of the two outcomes never came.</returns>
    /// <exception cref="FittingException">A score is not a number.</exception>
    public static AreaUnderRoc? Measure(ReadOnlySpan<ScoredOutcome> cases, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        ForecastRules.CheckScores(cases);

        // In one order, so that the same cases in another order give the same bits.
        var sorted = cases.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Country, b.Country) is not 0 and var order ? order
            : a.Score != b.Score ? a.Score.CompareTo(b.Score)
            : a.Outcome.CompareTo(b.Outcome));
        double[] events = [.. sorted.Where(one => one.Outcome).Select(one => one.Score).Order()];
        double[] others = [.. sorted.Where(one => !one.Outcome).Select(one => one.Score).Order()];
        if (events.Length == 0 || others.Length == 0)
            return null;
        var value = events.Sum(score => ShareBelow(others, score)) / events.Length;
        var clustered = false;
        double ofEvents = 0,
            ofOthers = 0,
            ofBoth = 0;
        int countries = 0,
            withEvents = 0,
            withOthers = 0;
        for (int first = 0, end; first < sorted.Length; first = end)
        {
            end = first + 1;
            while (sorted[first].Country.Length > 0 && end < sorted.Length && sorted[end].Country == sorted[first].Country)
                end++;
            clustered |= end > first + 1;
            double event0 = 0,
                other0 = 0;
            var eventCount = 0;
            for (var i = first; i < end; i++)
            {
                if (sorted[i].Outcome)
                    event0 += ShareBelow(others, sorted[i].Score) - value;
                else
                    other0 += 1 - ShareBelow(events, sorted[i].Score) - value;
                if (sorted[i].Outcome)
                    eventCount++;
            }

            countries++;
            if (eventCount > 0)
                withEvents++;
            if (eventCount < end - first)
                withOthers++;
            (ofEvents, ofOthers, ofBoth) = (ofEvents + (event0 * event0), ofOthers + (other0 * other0), ofBoth + (event0 * other0));
        }

        if (withEvents < 2 || withOthers < 2)
            return new AreaUnderRoc(value, null, null, null, clustered);
        double m = events.Length,
            n = others.Length;
        var variance =
            (Corrected(ofEvents, withEvents) / (m * m))
            + (Corrected(ofOthers, withOthers) / (n * n))
            + (2 * Corrected(ofBoth, countries) / (m * n));
        var error = Math.Sqrt(Math.Max(0, variance));
        var reach = NormalQuantile.Of((1 + confidence) / 2) * error;
        return error > 0
            ? new AreaUnderRoc(value, error, Math.Max(0, value - reach), Math.Min(1, value + reach), clustered)
            : new AreaUnderRoc(value, error, null, null, clustered);
    }

    private static double Corrected(double sum, int count) => sum * count / (count - 1);

    /// <summary>The share of sorted scores that one lies above, ties as half.</summary>
    private static double ShareBelow(double[] sorted, double score) =>
        (Bound(sorted, score, false) + Bound(sorted, score, true)) / 2.0 / sorted.Length;

    /// <summary>How many are below, or up to, a score.</summary>
    private static int Bound(double[] sorted, double score, bool upTo)
    {
        int low = 0,
            high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < score || (upTo && sorted[middle] == score))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
