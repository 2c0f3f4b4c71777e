using EarlyWarning.Store.Outbox;
using Google.Protobuf;

namespace EarlyWarning.Messaging.Events;

/// <summary>Something that happened, as published: a CloudEvent 1.0 whose data is a message of the public contract in proto JSON.</summary>
/// <param name="Topic">One of <see cref="Topics"/>.</param>
/// <param name="Id">Ours and deterministic, the same at every attempt: the consumer's key for handling it once.</param>
/// <param name="Type">The CloudEvents type, such as <c>earlywarning.v1.breach.firing</c>.</param>
/// <param name="Subject">The country, ISO 3166-1 alpha-3.</param>
/// <param name="Data">The payload.</param>
public sealed record DomainEvent(string Topic, string Id, string Type, string Subject, IMessage Data);

/// <summary>Publishes through the Dapr API of one app id. Registered as a keyed service under that app id. Thread-safe.</summary>
public interface IEventPublisher
{
    /// <summary>Publishes; when it returns, the broker has the event.</summary>
    /// <exception cref="PublishFailedException">The sidecar or the broker refused or did not answer; publish the same event
    /// again.</exception>
    Task PublishAsync(OutboxEvent owed, CancellationToken cancellationToken);
}

/// <summary>The sidecar or the broker refused an event or did not answer.</summary>
/// <param name="message">Who did not take what, and why.</param>
/// <param name="poisoned">It refused the event itself, which it will never take as it is.</param>
/// <param name="inner">What was thrown.</param>
public sealed class PublishFailedException(string message, bool poisoned = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the event itself was refused, and not the moment.</summary>
    public bool Poisoned => poisoned;
}

/// <summary>An event as delivered.</summary>
/// <param name="Topic">The topic it came on.</param>
/// <param name="Id">The CloudEvent's id: two deliveries with one id are one event.</param>
/// <param name="Type">The CloudEvent's type.</param>
/// <param name="Subject">The country.</param>
/// <param name="Data">The payload in proto JSON.</param>
public sealed record ReceivedEvent(string Topic, string Id, string Type, string Subject, string Data);

/// <summary>What the broker shall do with a delivered event.</summary>
public enum EventResult
{
    /// <summary>Handled, durably.</summary>
    Success,

    /// <summary>Not handled now; deliver again.</summary>
    Retry,

    /// <summary>Can never be handled; keep it with the dead letters.</summary>
    Drop,
}

/// <summary>
/// Handles what is delivered on the topics that a service subscribes to. Deliveries may repeat and may come out of order. An exception
/// counts as <see cref="EventResult.Retry"/>.
/// </summary>
/// <remarks>
/// One for the process, called by the AppCallback service of its app id, several deliveries at a time: it has to be thread-safe, and to
/// record the event's id in the transaction of what it does. A registered one is disposed with the process.
/// </remarks>
public interface ISubscriber
{
    /// <summary>The topics to subscribe to; the same at every call.</summary>
    IReadOnlyList<string> Topics { get; }

    /// <summary>Handles one delivery.</summary>
    Task<EventResult> HandleAsync(ReceivedEvent received, CancellationToken cancellationToken);
}
