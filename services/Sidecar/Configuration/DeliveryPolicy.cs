namespace EarlyWarning.Sidecar.Configuration;

/// <summary>How a component's deliveries to an app are tried again.</summary>
/// <param name="Timeout">How long one attempt may take; <see langword="null"/> for the component's own limit.</param>
/// <param name="Retry">How failures are tried again; <see langword="null"/> for not at all.</param>
internal sealed record DeliveryPolicy(TimeSpan? Timeout, RetryPolicy? Retry)
{
    public static DeliveryPolicy None { get; } = new(null, null);
}

/// <summary>Dapr's two kinds of retry, with Dapr's defaults.</summary>
/// <param name="Exponential">Whether the wait grows.</param>
/// <param name="Duration">The wait of a constant policy. By default 5 s.</param>
/// <param name="MaxInterval">The longest wait of a growing one. By default 60 s.</param>
/// <param name="MaxRetries">How often; below 0 without end. By default -1.</param>
internal sealed record RetryPolicy(bool Exponential, TimeSpan Duration, TimeSpan MaxInterval, int MaxRetries)
{
    private static readonly TimeSpan s_initialInterval = TimeSpan.FromMilliseconds(500);
    private const double Multiplier = 1.5;
    private const double Randomization = 0.5;

    /// <summary>daprd ends an exponential policy after this, however many retries are left; its files cannot say otherwise.</summary>
    private static readonly TimeSpan s_maxElapsed = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait before the next attempt, or <see langword="null"/> where there is none.</summary>
    /// <param name="failures">How many attempts have failed, at least one.</param>
    /// <param name="elapsed">Time since the first attempt.</param>
    /// <param name="random">From 0 up to 1.</param>
    public TimeSpan? Wait(int failures, TimeSpan elapsed, double random)
    {
        if (MaxRetries >= 0 && failures > MaxRetries)
        {
            return null;
        }

        if (!Exponential)
        {
            return Duration;
        }

        // Past some thirty doublings the power is larger than any interval; the cap keeps it finite.
        var interval = Math.Min(
            s_initialInterval.TotalSeconds * Math.Pow(Multiplier, Math.Min(failures - 1, 60)),
            MaxInterval.TotalSeconds
        );
        var wait = TimeSpan.FromSeconds(interval * (1 - Randomization + (2 * Randomization * random)));
        return elapsed + wait > s_maxElapsed ? null : wait;
    }
}
