using EarlyWarning.Notification.Configuration;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>How long to wait after attempts that failed. Pure.</summary>
internal static class AttemptBackOff
{
    /// <summary>Doubles from the first wait to the longest, spread over its upper half.</summary>
    /// <param name="options">The waits.</param>
    /// <param name="failures">How many attempts failed one after the other, from 1.</param>
    /// <param name="retryAfter">What the destination asked for; honoured up to the longest wait.</param>
    /// <param name="random">0 to 1: spreads attempts that failed together.</param>
    public static TimeSpan Wait(NotificationOptions options, int failures, TimeSpan? retryAfter, double random)
    {
        var doubled = options.FirstBackOff * Math.Pow(2, Math.Min(failures - 1, 30));
        var wait = Least(doubled, options.LongestBackOff) * (0.5 + random / 2);
        return retryAfter > wait ? Least(retryAfter.Value, options.LongestBackOff) : wait;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
