using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Messaging.Outbox;

/// <summary>How the outbox is emptied.</summary>
public sealed class OutboxOptions
{
    /// <summary>
    /// How long the broker may take to bring an event to its consumers, retries included: only an event that is not confirmed after that is
    /// published again. Longer than the budget in dapr/resiliency.yaml; 1 s to 1 day, by default 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ConfirmWithin { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often what is not confirmed in time is looked for. 100 ms to 1 h, by default every 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long what is finished stays for look-ups, and repeated deliveries are recognised. 1 min to 3,650 days, by default 30 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan KeepFinished { get; set; } = TimeSpan.FromDays(30);
}
