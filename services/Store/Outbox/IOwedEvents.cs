namespace EarlyWarning.Store.Outbox;

/// <summary>What an operator sees of the events that are owed, and does with those that do not go on by themselves. Thread-safe.</summary>
public interface IOwedEvents
{
    /// <summary>
    /// Finds an event that is owed or was dismissed; <see langword="null"/> where there is none, also where all have confirmed it.
    /// </summary>
    Task<StoredEvent?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists events in the order in which they became owed, or were dismissed.</summary>
    /// <param name="state">Keeps those in one state; <see langword="null"/> keeps all but those that were dismissed.</param>
    /// <param name="after">The <see cref="StoredEvent.Sequence"/> of the last one of the page before; 0 for the first page.</param>
    /// <param name="take">The most to list.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<StoredEvent>> ListAsync(EventState? state, long after, int take, CancellationToken cancellationToken);

    /// <summary>Counts what <see cref="ListAsync"/> lists.</summary>
    Task<long> CountAsync(EventState? state, CancellationToken cancellationToken);

    /// <summary>Owes an event anew from now on, to those who could not handle it too.</summary>
    /// <returns><see langword="false"/> where none of that id is owed.</returns>
    Task<bool> RetryAsync(string id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives up an event that was set aside or has failed, and keeps who said so and why.</summary>
    /// <returns><see langword="false"/> where none of that id stands so.</returns>
    Task<bool> DismissAsync(string id, Dismissal dismissal, CancellationToken cancellationToken);
}

/// <summary>Where an event stands.</summary>
public enum EventState
{
    /// <summary>It waits for the broker.</summary>
    Owed,

    /// <summary>The broker has it, and not all have confirmed it.</summary>
    Published,

    /// <summary>It cannot be published as it is.</summary>
    Aside,

    /// <summary>A consumer could not handle it.</summary>
    Failed,

    /// <summary>A person has given it up.</summary>
    Dismissed,
}

/// <summary>An event as it is stored.</summary>
/// <param name="Sequence">Its place among those that are owed, or among those that were dismissed.</param>
/// <param name="Event">The event.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Missing">The consumers that have not confirmed it, or could not handle it.</param>
/// <param name="Created">When what it tells of became durable.</param>
/// <param name="Published">When the broker took it last; <see langword="null"/> where it never did.</param>
/// <param name="Attempts">How often it was given to the broker in vain.</param>
/// <param name="Fault">What is wrong with it; empty where nothing is.</param>
/// <param name="Dismissal">Who gave it up; <see langword="null"/> where nobody did.</param>
public sealed record StoredEvent(
    long Sequence,
    OutboxEvent Event,
    EventState State,
    IReadOnlyList<string> Missing,
    DateTimeOffset Created,
    DateTimeOffset? Published,
    int Attempts,
    string Fault,
    Dismissal? Dismissal
);

/// <summary>A person's act by which an event is given up.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Verified">Whether the actor was authenticated.</param>
/// <param name="Reason">Why.</param>
public sealed record Dismissal(DateTimeOffset At, string Actor, bool Verified, string Reason);
