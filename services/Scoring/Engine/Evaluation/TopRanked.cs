using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>
/// What lists of the N highest scores of each period come to: how watch lists are judged. Source: C. Manning, P. Raghavan and H. Schütze,
/// Introduction to Information Retrieval (2008), section 8.4 (precision and recall at a rank).
/// </summary>
/// <param name="N">The length of the list.</param>
/// <param name="Periods">What it came to in each period, in order.</param>
public sealed record TopRanked(int N, ImmutableArray<TopRankedPeriod> Periods)
{
    /// <summary>Gets the number of events in all periods.</summary>
    public int Events => Periods.Sum(period => period.Events);

    /// <summary>Gets how many of them were on the list of their period.</summary>
    public double Hits => Periods.Sum(period => period.Hits);

    /// <summary>Gets the share of all events that were on their lists, 0 to 1; null without an event.</summary>
    public double? Recall => Events == 0 ? null : Hits / Events;

    /// <summary>Gets the share of all listed that the event came to, 0 to 1; null where nothing was listed.</summary>
    public double? Precision => Listed == 0 ? null : Hits / Listed;

    /// <summary>Gets how many were listed in vain for each that was not; null without a hit.</summary>
    public double? FalseAlarmsPerHit => Hits == 0 ? null : (Listed - Hits) / Hits;

    private int Listed => Periods.Sum(period => period.Listed);

    /// <summary>Measures the lists.</summary>
    /// <param name="cases">The forecasts with their outcomes, in any order.</param>
    /// <param name="n">The length of the list, at least 1.</param>
    /// <returns>What they come to.</returns>
    /// <exception cref="FittingException">A score is not a number.</exception>
    public static TopRanked Measure(ReadOnlySpan<ScoredOutcome> cases, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ForecastRules.CheckScores(cases);
        var sorted = cases.ToArray();
        Array.Sort(sorted, static (a, b) => a.Period != b.Period ? a.Period.CompareTo(b.Period) : b.Score.CompareTo(a.Score));
        var periods = ImmutableArray.CreateBuilder<TopRankedPeriod>();
        for (int first = 0, end; first < sorted.Length; first = end)
        {
            end = first + 1;
            while (end < sorted.Length && sorted[end].Period == sorted[first].Period)
                end++;
            periods.Add(MeasureOne(sorted.AsSpan(first, end - first), n));
        }

        return new TopRanked(n, periods.ToImmutable());
    }

    private static TopRankedPeriod MeasureOne(ReadOnlySpan<ScoredOutcome> sorted, int n)
    {
        var listed = Math.Min(n, sorted.Length);
        var cut = sorted[listed - 1].Score;
        double hits = 0;
        int tied = 0,
            tiedEvents = 0,
            above = 0;
        foreach (var item in sorted)
        {
            if (item.Score < cut)
                break;
            if (item.Score == cut)
            {
                tied++;
                if (item.Outcome)
                    tiedEvents++;
                continue;
            }

            above++;
            if (item.Outcome)
                hits++;
        }

        hits += (double)tiedEvents * (listed - above) / tied;
        return new TopRankedPeriod(sorted[0].Period, sorted.Length, listed, ForecastRules.Events(sorted), hits);
    }
}
