using EarlyWarning.Store.Due;

namespace EarlyWarning.TestKit;

/// <content>Due times.</content>
public sealed partial class TestStore
{
    /// <summary>When a member is due; <see langword="null"/> where it is not.</summary>
    public DateTimeOffset? Of(string queue, string member) =>
        Read(
            "select at from due where queue = $1 and member = $2",
            row => (DateTimeOffset?)new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero),
            queue,
            member
        )
            is [var due]
            ? due
            : null;

    /// <summary>The first due time of a queue; <see langword="null"/> where nothing is due.</summary>
    public DateTimeOffset? Next(string queue) =>
        Read(
            "select at from due where queue = $1 order by at limit 1",
            row => (DateTimeOffset?)new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero),
            queue
        )
            is [var due]
            ? due
            : null;

    public Task SetAsync(string queue, string member, DateTimeOffset due, CancellationToken cancellationToken) =>
        _dueTimes.SetAsync(queue, member, due, cancellationToken);

    public Task RemoveAsync(string queue, string member, CancellationToken cancellationToken) =>
        _dueTimes.RemoveAsync(queue, member, cancellationToken);

    public Task<IReadOnlyList<DueTime>> DueAsync(string queue, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _dueTimes.DueAsync(queue, now, limit, cancellationToken);

    public Task<bool> LeaseAsync(string queue, string holder, TimeSpan duration, CancellationToken cancellationToken) =>
        _dueTimes.LeaseAsync(queue, holder, duration, cancellationToken);
}
