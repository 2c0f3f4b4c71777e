using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Engine.Evaluation.Replay;

namespace EarlyWarning.Scoring.Evaluating;

/// <summary>How long before events their first forecast among the highest of its period was given.</summary>
internal static class ListedLeads
{
    /// <summary>Measures it; nothing where no event has a time.</summary>
    /// <param name="given">The forecasts.</param>
    /// <param name="byPeriod">Those that are judged.</param>
    /// <param name="top">How many of a period are listed.</param>
    public static V1.LeadTimes? Measure(GivenForecasts given, ILookup<int, ScoredOutcome> byPeriod, int top)
    {
        var timed = given.Cases.Where(one => given.Events.ContainsKey((one.Country, one.Period))).ToArray();
        if (timed.Length == 0)
        {
            return null;
        }

        var cuts = byPeriod.ToDictionary(period => period.Key, period => Cut([.. period.Select(one => one.Score).OrderDescending()], top));
        var first = timed
            .GroupBy(one => (one.Country, At: given.Events[(one.Country, one.Period)]))
            .Select(forecasts =>
                forecasts
                    .Where(one => one.Score >= cuts[one.Period])
                    .Select(one => (TimeSpan?)(forecasts.Key.At - given.Times[one.Period]))
                    .Max()
            )
            .ToArray();
        var leads = LeadTimes.Of(first.OfType<TimeSpan>());
        var measured = new V1.LeadTimes { Events = leads?.Sorted.Length ?? 0, Missed = first.Count(lead => lead is null) };
        if (leads is not null)
        {
            measured.MedianDays = leads.Median.TotalDays;
            measured.ShortestDays = leads.Sorted[0].TotalDays;
            measured.LongestDays = leads.Sorted[^1].TotalDays;
        }

        return measured;
    }

    /// <summary>The lowest score that is listed whatever the order of ties: above the tie that the list cuts.</summary>
    private static double Cut(double[] falling, int top)
    {
        if (falling.Length <= top)
        {
            return double.NegativeInfinity;
        }

        var last = top - 1;
        while (last >= 0 && falling[last] == falling[top])
        {
            last--;
        }

        return last < 0 ? double.PositiveInfinity : falling[last];
    }
}
