namespace EarlyWarning.Sidecar.Broker;

/// <summary>
/// What apps did not handle, each event once an app: until the app has handled it, because it was published again, or it is forgotten.
/// Thread-safe; answers from memory.
/// </summary>
public interface IDeadLetters
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>Lists them, oldest first.</summary>
    IReadOnlyList<DeadLetter> List(int limit);

    /// <summary>
    /// Takes an event out of the dead letters, for whichever app it is there: nobody waits for it any more. Durable soon.
    /// </summary>
    void Forget(string eventId);
}

/// <summary>A message that an app did not handle.</summary>
/// <param name="Sequence">Names it in this sidecar.</param>
/// <param name="EventId">The CloudEvent's id.</param>
/// <param name="EventType">The CloudEvent's type.</param>
/// <param name="Subject">The CloudEvent's subject: the country.</param>
/// <param name="Topic">The topic that it was published on.</param>
/// <param name="AppId">The app that did not handle it.</param>
/// <param name="Reason">What the last attempt said.</param>
/// <param name="Attempts">How often it was delivered.</param>
/// <param name="DeadSince">Since when it is a dead letter.</param>
public sealed record DeadLetter(
    long Sequence,
    string EventId,
    string EventType,
    string Subject,
    string Topic,
    string AppId,
    string Reason,
    int Attempts,
    DateTimeOffset DeadSince
);

/// <summary>What still has to be delivered. Thread-safe; answers from memory.</summary>
public interface IUndelivered
{
    /// <summary>How many messages wait; one that has to reach two apps counts once.</summary>
    int Count { get; }

    /// <summary>The oldest message that waits, or <see langword="null"/>.</summary>
    UndeliveredMessage? Oldest { get; }
}

/// <summary>A message that has not reached everybody yet.</summary>
/// <param name="EventId">The CloudEvent's id.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="PublishedAt">When the sidecar took it.</param>
/// <param name="AppIds">Whom it has not reached.</param>
public sealed record UndeliveredMessage(string EventId, string Topic, DateTimeOffset PublishedAt, IReadOnlyList<string> AppIds);
