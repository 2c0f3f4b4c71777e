using EarlyWarning.Notification.Directory;
using Google.Protobuf;

namespace EarlyWarning.Notification.Channels;

/// <summary>A kind of way to hand a message over. Thread-safe, one for the process, which disposes it where it can be.</summary>
/// <remarks>
/// Called by the dispatcher alone, after the attempt was stored: for several messages at a time, and for one message never twice at a time
/// as long as its lease lasts. A process that dies during an attempt makes it again, under the same id.
/// </remarks>
internal interface IChannel
{
    /// <summary>Which kind.</summary>
    V1.ChannelKind Kind { get; }

    /// <summary>Whether a message is delivered on it by being stored: it has the message with the transaction that makes it.</summary>
    bool HasWhatIsStored { get; }

    /// <summary>
    /// Makes one attempt. What keeps the other side from taking the message is an outcome and no exception; only the token ends it
    /// otherwise.
    /// </summary>
    Task<AttemptOutcome> SendAsync(ChannelTarget target, OutgoingMessage message, CancellationToken cancellationToken);
}

/// <summary>A message as a channel hands it over, the same at every attempt.</summary>
/// <param name="Id">Names it at every attempt: the other side's key for taking it once.</param>
/// <param name="Told">The message.</param>
/// <param name="Source">The breach or case that the event carried.</param>
internal sealed record OutgoingMessage(string Id, V1.Notification Told, ByteString Source);
