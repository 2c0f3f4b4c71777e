using System.Diagnostics;
using EarlyWarning.Notification.Channels;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Store.Tracing;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>
/// The span of an attempt. The first attempt of a message is in the trace of the event that led to it; a later one, hours after perhaps,
/// has a trace of its own that is linked with it.
/// </summary>
internal static class DeliverySpans
{
    private static readonly ActivitySource s_activities = new("EarlyWarning.Notification");

    /// <summary>Begins the span of an attempt.</summary>
    /// <param name="message">The message.</param>
    /// <param name="target">Where it is sent; of its address only what may be shown is told.</param>
    /// <param name="number">Which attempt, from 1.</param>
    /// <param name="trace">The trace of the event.</param>
    public static Activity? Begin(Message message, ChannelTarget target, int number, string trace)
    {
        if (!s_activities.HasListeners())
        {
            return null;
        }

        var name = $"deliver {target.Kind.ToString().ToLowerInvariant()}";
        var span =
            number == 1
                ? s_activities.StartChild(name, ActivityKind.Client, trace)
                : s_activities.StartLinked(name, ActivityKind.Client, trace);
        return span
            ?.SetTag("earlywarning.notification", message.Told.Name)
            .SetTag("earlywarning.breach", message.Told.Breach)
            .SetTag("earlywarning.country", message.Told.Country)
            .SetTag("earlywarning.recipient", message.Told.Recipient)
            .SetTag("earlywarning.channel", target.Id)
            .SetTag("earlywarning.attempt", number);
    }

    /// <summary>Says what the attempt came to.</summary>
    public static void End(this Activity? span, AttemptOutcome outcome)
    {
        if (!outcome.Delivered)
        {
            span.Fail(outcome.Detail);
        }
    }
}
