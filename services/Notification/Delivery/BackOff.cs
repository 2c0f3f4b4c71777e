namespace EarlyWarning.Notification.Delivery;

/// <summary>When a failed attempt is made again. Pure.</summary>
internal static class BackOff
{
    /// <summary>Decides on the next attempt, or <see langword="null"/> to give up.</summary>
    /// <param name="options">The waits and the budget.</param>
    /// <param name="made">When the notification was made.</param>
    /// <param name="now">When the attempt failed.</param>
    /// <param name="attempt">Its number, from 1.</param>
    /// <param name="retryAfter">What the destination asked for.</param>
    /// <param name="random">0 to 1: spreads attempts that failed together.</param>
    public static DateTimeOffset? Next(
        NotificationOptions options, DateTimeOffset made, DateTimeOffset now, int attempt, TimeSpan? retryAfter, double random)
    {
        var deadline = made + options.Budget;
        if (now >= deadline)
        {
            return null;
        }

        var doubled = options.FirstBackOff * Math.Pow(2, Math.Min(attempt - 1, 30));
        var wait = (doubled < options.LongestBackOff ? doubled : options.LongestBackOff) * (0.5 + random / 2);
        if (retryAfter > wait)
        {
            wait = retryAfter.Value;
        }

        // However long the destination asks to be left alone, one last attempt is made when the budget ends.
        return wait < deadline - now ? now + wait : deadline;
    }
}
