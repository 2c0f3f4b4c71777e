namespace EarlyWarning.Messaging.Outbox;

/// <summary>How the outbox is emptied.</summary>
public sealed class OutboxOptions
{
    /// <summary>
    /// How long the broker may take to bring an event to its consumers, retries included: only an event that is not confirmed after that is
    /// published again. Longer than the budget in dapr/resiliency.yaml; by default 5 minutes.
    /// </summary>
    public TimeSpan ConfirmWithin { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often what is not confirmed in time is looked for. By default every 30 seconds.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long what is finished stays for look-ups, and repeated deliveries are recognised. By default 30 days.</summary>
    public TimeSpan KeepFinished { get; set; } = TimeSpan.FromDays(30);
}
