using EarlyWarning.Messaging.Events;

namespace EarlyWarning.Notification.Messages;

/// <summary>
/// The events of what messages came to. An id holds the store's present epoch: a message from before a restore may be delivered in both
/// incarnations.
/// </summary>
internal static class NotificationEvents
{
    /// <summary>The app id under which events are published and taken in.</summary>
    public const string AppId = "notification";

    private const string Type = "earlywarning.v1.notification.";

    /// <summary>A first channel has it.</summary>
    public static DomainEvent Delivered(Message message, string epoch) => Of(message, "delivered", $"delivered.{epoch}");

    /// <summary>No channel had it in time. It may be sent anew, and be given up again.</summary>
    public static DomainEvent GivenUp(Message message, string epoch) =>
        Of(message, "given-up", $"given-up.{message.Told.Sequence}.{epoch}");

    /// <summary>What a message has come to with its making; <see langword="null"/> where that is still open.</summary>
    public static DomainEvent? First(Message message, string epoch) =>
        message.Told switch
        {
            { Recipient: "" } => Of(message, "unaddressed", $"unaddressed.{epoch}"),
            { DeliverTime: not null } => Delivered(message, epoch),
            _ => null,
        };

    private static DomainEvent Of(Message message, string outcome, string id) =>
        new(Topics.Notifications, $"{message.Id}.{id}", Type + outcome, message.Told.Country, message.Shown());
}
