namespace EarlyWarning.Messaging.Events;

/// <summary>The topics of the suite, the pub/sub component that carries them, and the event types on them.</summary>
public static class Topics
{
    /// <summary>The Dapr pub/sub component.</summary>
    public const string PubSub = "warnings";

    /// <summary>Breaches as they fire, resolve or are superseded: data is an <c>earlywarning.v1.Breach</c> in proto JSON.</summary>
    public const string ThresholdBreaches = "threshold-breaches";

    /// <summary>
    /// Notifications whose outcome is final for a recipient: data is an <c>earlywarning.v1.Notification</c> in proto JSON.
    /// </summary>
    public const string Notifications = "notifications";

    /// <summary>Steps of a case that now have to answer: data is an <c>earlywarning.v1.Escalation</c> in proto JSON.</summary>
    public const string Escalations = "escalations";

    /// <summary>The app ids that have to confirm what is published on a topic.</summary>
    public static IReadOnlyList<string> ConsumersOf(string topic) =>
        topic switch
        {
            ThresholdBreaches => ["notification", "escalation"],
            Escalations => ["notification"],
            Notifications => ["escalation"],
            _ => [],
        };

    /// <summary>The topic that takes what a subscription to <paramref name="topic"/> could not handle.</summary>
    public static string DeadLetters(string topic) => topic + "-dead-letters";
}
