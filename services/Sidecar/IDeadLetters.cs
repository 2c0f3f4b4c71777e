namespace EarlyWarning.Sidecar;

/// <summary>What could not be handled and waits for somebody to look at it. Thread-safe; answers from memory.</summary>
public interface IDeadLetters
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>Lists them, oldest first.</summary>
    IReadOnlyList<DeadLetter> List(int limit);

    /// <summary>
    /// Publishes a dead letter again, under the same event id, for the app that did not handle it, and takes it out of the dead letters. Durable
    /// when it returns.
    /// </summary>
    /// <returns><see langword="false"/> where there is no such dead letter any more.</returns>
    Task<bool> RedeliverAsync(long sequence, CancellationToken cancellationToken);
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
    long Sequence, string EventId, string EventType, string Subject, string Topic, string AppId, string Reason, int Attempts, DateTimeOffset DeadSince);

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
