namespace EarlyWarning.Notification.Desk;

/// <summary>What this service alone asks of the desk. Key: 0.</summary>
internal interface IDeskGrain : IGrainWithIntegerKey
{
    /// <summary>Takes in a breach's change durably and starts telling people; what was handled or is out of date is passed over.</summary>
    Task HandleBreachAsync(string eventId, V1.Breach breach);

    /// <summary>Takes in a step of a case durably and starts telling people; what was handled is passed over.</summary>
    Task HandleEscalationAsync(string eventId, V1.Escalation escalation);

    /// <summary>Lists newest first those made before an ordinal.</summary>
    Task<NotificationPage> PageAsync(V1.ListNotificationsRequest filter, long before, int take);

    /// <summary>Marks a notification as read, or as acknowledged. Again changes nothing. <see langword="null"/> where it is unknown.</summary>
    Task<V1.Notification?> MarkAsync(string name, bool acknowledged, string actor, bool actorVerified);

    /// <summary>Does what is due and sets the next due time.</summary>
    Task WakeAsync();

    /// <summary>Says how telling people stands.</summary>
    Task<IReadOnlyList<V1.StatusLine>> StatusAsync();
}

/// <summary>A page of notifications.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Before">Where the next page starts; 0 on the last.</param>
[GenerateSerializer, Immutable, Alias("notification-page")]
internal sealed record NotificationPage([property: Id(0)] IReadOnlyList<V1.Notification> Items, [property: Id(1)] long Before);
