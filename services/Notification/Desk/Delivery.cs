namespace EarlyWarning.Notification.Desk;

/// <summary>How far a notification has come on one webhook.</summary>
internal sealed class Delivery(string recipient, int slot, string destination, DateTimeOffset made)
{
    public string Recipient { get; } = recipient;

    /// <summary>The channel's place in the directory.</summary>
    public int Slot { get; } = slot;

    public string Destination { get; } = destination;

    /// <summary>When the notification was made: the start of the budget.</summary>
    public DateTimeOffset Made { get; } = made;

    /// <summary>Attempts journalled as started; the first one with the notification itself.</summary>
    public int Started { get; set; } = 1;

    /// <summary>Attempts whose outcome is journalled.</summary>
    public int Ended { get; set; }

    /// <summary>When the next attempt is due, where the last one failed.</summary>
    public DateTimeOffset? Next { get; set; }

    /// <summary>Delivered, or given up.</summary>
    public bool Finished { get; set; }
}
