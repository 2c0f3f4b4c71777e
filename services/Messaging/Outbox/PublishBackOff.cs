namespace EarlyWarning.Messaging.Outbox;

/// <summary>
/// How long to wait before the next attempt: doubled each time, and spread, so that what failed together does not come back together.
/// </summary>
internal static class PublishBackOff
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <param name="attempts">How many have failed.</param>
    /// <param name="draw">From 0 up to 1.</param>
    public static TimeSpan After(int attempts, double draw)
    {
        var whole = s_first * Math.Pow(2, Math.Min(attempts - 1, 16));
        return (whole < s_longest ? whole : s_longest) * (0.5 + (draw / 2));
    }
}
