namespace EarlyWarning.Store.Outbox;

/// <summary>The events that are owed: what to publish next, and what came of it. Thread-safe.</summary>
public interface IOutbox
{
    /// <summary>
    /// Lists the first event of each subject that is due of those owed under some app ids, oldest first: what is behind it waits for it.
    /// </summary>
    Task<IReadOnlyList<OwedEvent>> DueAsync(IReadOnlyList<string> apps, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>The broker has taken the event.</summary>
    Task PublishedAsync(string id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The broker has not taken the event, which is due again then.</summary>
    Task FailedAsync(string id, DateTimeOffset due, string fault, CancellationToken cancellationToken);

    /// <summary>The event cannot be published as it is: it is set aside, holds up no other, and stays visible.</summary>
    Task SetAsideAsync(string id, string fault, CancellationToken cancellationToken);

    /// <summary>
    /// Owes again what was published under some app ids before <paramref name="before"/> and is not confirmed by all, and forgets, step by
    /// step, who has handled what before <paramref name="forget"/>. What was published before <paramref name="now"/> and all have confirmed
    /// by now is ended.
    /// </summary>
    /// <returns>How many are owed again.</returns>
    Task<int> SweepAsync(
        IReadOnlyList<string> apps,
        DateTimeOffset before,
        DateTimeOffset forget,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Says what the outbox holds.</summary>
    Task<OutboxStatus> StatusAsync(CancellationToken cancellationToken);

    /// <summary>Completes when an event has become owed, or after a while.</summary>
    Task ChangedAsync(TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Completes the wait of <see cref="ChangedAsync"/>.</summary>
    void Wake();
}
