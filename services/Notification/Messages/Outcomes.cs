using EarlyWarning.Messaging;

namespace EarlyWarning.Notification.Messages;

/// <summary>
/// The events of what messages came to. An id holds the store's present epoch: a message from before a restore may be delivered in both
/// incarnations.
/// </summary>
internal static class Outcomes
{
    private const string Type = "earlywarning.v1.notification.";

    /// <summary>A first channel has it.</summary>
    public static DomainEvent Delivered(Message message, string epoch) => Of(message, "delivered", $"delivered/{epoch}");

    /// <summary>No channel had it in time. It may be sent anew, and be given up again.</summary>
    public static DomainEvent GivenUp(Message message, string epoch) => Of(message, "given-up", $"given-up/{message.Told.Sequence}/{epoch}");

    /// <summary>The directory names nobody.</summary>
    public static DomainEvent Unaddressed(Message message, string epoch) => Of(message, "unaddressed", $"unaddressed/{epoch}");

    private static DomainEvent Of(Message message, string outcome, string id) =>
        new(Topics.Notifications, $"{message.Id}/{id}", Type + outcome, message.Told.Country, message.Shown());
}
