using System.Diagnostics.Metrics;
using EarlyWarning.Notification.Channels;

namespace EarlyWarning.Notification.Telemetry;

/// <summary>What this service counts as it happens.</summary>
internal static class Meters
{
    public const string Name = "EarlyWarning.Notification";

    private static readonly Meter s_meter = new(Name);

    private static readonly Counter<long> s_made = s_meter.CreateCounter<long>(
        "earlywarning.notification.messages.made",
        "{message}",
        "Notifications made, by whether somebody could be told."
    );

    private static readonly Counter<long> s_attempts = s_meter.CreateCounter<long>(
        "earlywarning.notification.attempts",
        "{attempt}",
        "Attempts to deliver, by outcome."
    );

    private static readonly Histogram<double> s_delay = s_meter.CreateHistogram<double>(
        "earlywarning.notification.delay",
        "s",
        "Time from the making of a notification to its delivery on a channel that is sent to."
    );

    public static void Made(bool told) => s_made.Add(1, new KeyValuePair<string, object?>("told", told));

    public static void Attempt(AttemptOutcome outcome, TimeSpan since)
    {
        s_attempts.Add(
            1,
            new KeyValuePair<string, object?>(
                "outcome",
                outcome.Delivered ? "delivered"
                    : outcome.Gone ? "gone"
                    : "failed"
            )
        );
        if (outcome.Delivered)
        {
            s_delay.Record(since.TotalSeconds);
        }
    }
}
