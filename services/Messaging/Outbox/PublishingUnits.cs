using System.Text;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Outbox;
using EarlyWarning.Store.Tracing;
using Google.Protobuf;

namespace EarlyWarning.Messaging.Outbox;

/// <summary>Events that are published once the unit that tells of them is durable.</summary>
public static class PublishingUnits
{
    /// <summary>Publishes an event of an app id from the commit on, until all consumers of its topic have confirmed it.</summary>
    public static Unit Publish(this Unit unit, string appId, DomainEvent domainEvent, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(domainEvent);
        return unit.Owe(Of(appId, domainEvent), now);
    }

    /// <summary>Makes of an event what an app id owes.</summary>
    public static OutboxEvent Of(string appId, DomainEvent domainEvent) =>
        new(
            domainEvent.Id,
            appId,
            domainEvent.Topic,
            domainEvent.Type,
            domainEvent.Subject,
            Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(domainEvent.Data)),
            Topics.ConsumersOf(domainEvent.Topic)
        )
        {
            Trace = Traces.Current,
        };
}
