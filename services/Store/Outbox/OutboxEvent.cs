namespace EarlyWarning.Store.Outbox;

/// <summary>An event that is owed to its consumers.</summary>
/// <param name="Id">The same at every attempt; an event that is there already is not added again.</param>
/// <param name="App">The app id that publishes it.</param>
/// <param name="Topic">Where to.</param>
/// <param name="Type">The CloudEvents type.</param>
/// <param name="Subject">The country: events of one subject are published in the order of their commits.</param>
/// <param name="Data">The payload as published.</param>
/// <param name="Consumers">Who has to confirm it; it stays unfinished until all of them have.</param>
public sealed record OutboxEvent(
    string Id,
    string App,
    string Topic,
    string Type,
    string Subject,
    ReadOnlyMemory<byte> Data,
    IReadOnlyList<string> Consumers
)
{
    /// <summary>
    /// The W3C <c>traceparent</c> of what owed it, kept because it may be published after a restart; empty where nothing was traced.
    /// </summary>
    public string Trace { get; init; } = "";
}

/// <summary>An event that is to be published now.</summary>
/// <param name="Event">The event.</param>
/// <param name="Attempts">How often that was tried in vain.</param>
/// <param name="Created">When it became durable.</param>
public sealed record OwedEvent(OutboxEvent Event, int Attempts, DateTimeOffset Created);

/// <summary>What the outbox holds.</summary>
/// <param name="Owed">How many events the broker has not taken.</param>
/// <param name="OldestOwed">When the oldest of them became durable; <see langword="null"/> where there is none.</param>
/// <param name="Unconfirmed">How many the broker has and a consumer has not confirmed.</param>
/// <param name="OldestUnconfirmed">When the oldest of them became durable; <see langword="null"/> where there is none.</param>
/// <param name="Aside">How many cannot be published as they are, and wait for a hand.</param>
/// <param name="Failed">How many a consumer could not handle, which wait for a hand too.</param>
/// <param name="Fault">What is wrong with the oldest that anything is wrong with; empty where there is none.</param>
public sealed record OutboxStatus(
    long Owed,
    DateTimeOffset? OldestOwed,
    long Unconfirmed,
    DateTimeOffset? OldestUnconfirmed,
    long Aside,
    long Failed,
    string Fault
);
