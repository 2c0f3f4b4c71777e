using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>How long before events the first warning came.</summary>
/// <param name="Sorted">The lead times, rising; at least one.</param>
public sealed record LeadTimes(ImmutableArray<TimeSpan> Sorted)
{
    /// <summary>Gets the mean.</summary>
    public TimeSpan Mean => TimeSpan.FromTicks((long)Sorted.Average(time => (double)time.Ticks));

    /// <summary>Gets the median.</summary>
    public TimeSpan Median => Quantile(0.5);

    /// <summary>Sorts lead times.</summary>
    /// <param name="times">The lead times in any order.</param>
    /// <returns>Them in order; null for none.</returns>
    public static LeadTimes? Of(IEnumerable<TimeSpan> times)
    {
        ImmutableArray<TimeSpan> sorted = [.. times.Order()];
        return sorted.IsEmpty ? null : new LeadTimes(sorted);
    }

    /// <summary>Finds the lead time that a share of the events had at most.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <returns>
    /// The quantile, linear between two lead times (type 7 of R. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", 1996).
    /// </returns>
    public TimeSpan Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var place = share * (Sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, Sorted.Length - 1);
        return Sorted[below] + ((Sorted[above] - Sorted[below]) * (place - below));
    }
}
