using Google.Protobuf;

namespace EarlyWarning.Notification.Desk;

/// <summary>
/// One notification at the desk. <see cref="Message"/> is replaced at each change and never altered, because readers hold on to what they were
/// handed.
/// </summary>
internal sealed class NotificationEntry(V1.Notification message, long ordinal, IReadOnlyList<Delivery> deliveries, ByteString source)
{
    public V1.Notification Message { get; set; } = message;

    /// <summary>Its place among all notifications, from 1, in the order in which they were made.</summary>
    public long Ordinal { get; } = ordinal;

    public IReadOnlyList<Delivery> Deliveries { get; } = deliveries;

    /// <summary>The breach or case as the event carried it, while a webhook still needs it.</summary>
    public ByteString Source { get; set; } = source;

    /// <summary>The outcome is with the broker.</summary>
    public bool Published { get; set; }

    /// <summary>An outcome is known: a channel has it, or none will.</summary>
    public bool HasOutcome => Message.State is not V1.Notification.Types.State.Pending;

    /// <summary>Something is still to be done for it.</summary>
    public bool Unfinished => !Published || Deliveries.Any(d => !d.Finished);

    public string Id => Message.Name["notifications/".Length..];
}
