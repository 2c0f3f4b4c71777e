using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Messages;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>
/// Messages that are about to be made, with the places that are kept for their first attempts: those are committed as begun with their
/// messages, so that a warning waits for no other look and no other commit.
/// </summary>
/// <param name="Messages">The messages; a delivery whose attempt is begun with it has a holder.</param>
/// <param name="Begun">The attempts that begin once the messages are committed.</param>
internal sealed record FirstAttempts(IReadOnlyList<Message> Messages, IReadOnlyList<FirstAttempt> Begun)
{
    /// <summary>No messages.</summary>
    public static FirstAttempts None { get; } = new([], []);

    /// <summary>Whether something is left for the dispatcher to look at.</summary>
    public bool LeavesWaiting =>
        Messages.Any(message => message.Deliveries.Any(delivery => delivery is { State: V1.Delivery.Types.State.Waiting, Holder: "" }));
}

/// <summary>A message's first attempt on one channel.</summary>
/// <param name="Place">Its place among those under way.</param>
/// <param name="Message">The message.</param>
internal sealed record FirstAttempt(InFlightAttempt Place, Message Message);

/// <summary>An attempt under way in this process.</summary>
/// <param name="Key">The channel.</param>
/// <param name="Entry">The recipient as the directory has them.</param>
/// <param name="Destination">The channel as attempts find it.</param>
/// <param name="Burst">What its end is reported to the destination with.</param>
/// <param name="Message">The message's id.</param>
/// <param name="Done">Completes when it is recorded and its place is free.</param>
internal sealed record InFlightAttempt(
    ChannelKey Key,
    DirectoryEntry Entry,
    Destination Destination,
    int Burst,
    string Message,
    TaskCompletionSource Done
);
