namespace EarlyWarning.Contracts.Breaches;

/// <summary>The ids of the events that tell of breaches: <c>{breach}.{sequence}.{epoch}</c>.</summary>
public static class BreachEvents
{
    private const string Collection = "breaches/";

    /// <summary>
    /// The id of the event of a breach's change. It holds the store's present epoch: a breach from before a restore may end in both
    /// incarnations, and a receiver must not take one end for the other.
    /// </summary>
    /// <param name="breach"><c>breaches/{id}</c>.</param>
    /// <param name="sequence">The number of the change.</param>
    /// <param name="epoch">The store's epoch.</param>
    public static string Id(string breach, long sequence, string epoch) => $"{Stem(breach, sequence)}{epoch}";

    /// <summary>What the ids of a change begin with, whichever incarnation of the store tells of it.</summary>
    public static string Stem(string breach, long sequence)
    {
        ArgumentNullException.ThrowIfNull(breach);
        return $"{breach[Collection.Length..]}.{sequence}.";
    }

    /// <summary>The breach that an event tells of, <c>breaches/{id}</c>; <see langword="null"/> for an event of something else.</summary>
    public static string? BreachOf(string eventId)
    {
        ArgumentNullException.ThrowIfNull(eventId);
        return eventId.Split('.') is [var id, var sequence, _] && long.TryParse(sequence, out _) ? Collection + id : null;
    }
}
