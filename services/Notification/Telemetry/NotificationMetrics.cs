using System.Diagnostics.Metrics;
using EarlyWarning.Notification.Channels;

namespace EarlyWarning.Notification.Telemetry;

/// <summary>What the service measures, under the meter <c>EarlyWarning.Notification</c>.</summary>
internal sealed class NotificationMetrics
{
    private readonly Counter<long> _made;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _delay;

    public NotificationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("EarlyWarning.Notification");
        _made = meter.CreateCounter<long>(
            "earlywarning.notification.messages.made",
            "{message}",
            "Notifications made, by whether somebody could be told."
        );
        _attempts = meter.CreateCounter<long>("earlywarning.notification.attempts", "{attempt}", "Attempts to deliver, by outcome.");
        _delay = meter.CreateHistogram<double>(
            "earlywarning.notification.delay",
            "s",
            "Time from the making of a notification to its delivery on a channel that is sent to."
        );
    }

    public void Made(bool told) => _made.Add(1, new KeyValuePair<string, object?>("told", told));

    /// <summary>An attempt has ended, so long after its message was made.</summary>
    public void Attempted(AttemptOutcome outcome, TimeSpan since)
    {
        _attempts.Add(
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
            _delay.Record(since.TotalSeconds);
        }
    }
}
