using System.Diagnostics;

namespace EarlyWarning.Messaging.Tracing;

/// <summary>Spans of publishing and handling, with OpenTelemetry's attributes for messaging.</summary>
internal static class MessagingSpans
{
    public static ActivitySource Source { get; } = new("EarlyWarning.Messaging");

    /// <summary>Says of a span which message it is about; nothing where there is none.</summary>
    /// <param name="span">The span.</param>
    /// <param name="operation">What is done, as its name begins.</param>
    /// <param name="kind">The kind of what is done, as the conventions have it.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="country">The event's subject.</param>
    public static Activity? Describe(this Activity? span, string operation, string kind, string topic, string id, string country) =>
        span
            ?.SetTag("messaging.system", "dapr")
            .SetTag("messaging.operation.name", operation)
            .SetTag("messaging.operation.type", kind)
            .SetTag("messaging.destination.name", topic)
            .SetTag("messaging.message.id", id)
            .SetTag("earlywarning.country", country);
}
