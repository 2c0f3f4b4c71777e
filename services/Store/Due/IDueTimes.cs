namespace EarlyWarning.Store.Due;

/// <summary>
/// What must be looked at again, and when: an index by time, kept in the store, that may name too much and never too little. One member (a
/// country, a case) has one due time in a queue. Thread-safe.
/// </summary>
public interface IDueTimes
{
    /// <summary>Sets the member's due time, later or earlier than it was. Durable when it returns.</summary>
    Task SetAsync(string queue, string member, DateTimeOffset due, CancellationToken cancellationToken);

    /// <summary>Takes the member out of the queue.</summary>
    Task RemoveAsync(string queue, string member, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the members due at <paramref name="now"/>, earliest first. They stay until their owner sets or removes them.
    /// </summary>
    Task<IReadOnlyList<DueTime>> DueAsync(string queue, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Tries to hold a named lease, so that one reader of many scans a queue. The holder renews by calling again.</summary>
    Task<bool> LeaseAsync(string queue, string holder, TimeSpan duration, CancellationToken cancellationToken);
}

/// <summary>A member of a queue and its due time.</summary>
/// <param name="Member">Whom to wake.</param>
/// <param name="Due">When.</param>
public readonly record struct DueTime(string Member, DateTimeOffset Due);
