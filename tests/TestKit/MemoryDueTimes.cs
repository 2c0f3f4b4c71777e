using System.Collections.Concurrent;
using EarlyWarning.Store.DueTimes;

namespace EarlyWarning.TestKit;

/// <summary>Due times in memory; they outlast the cluster that uses them, as a disk outlasts a process.</summary>
public sealed class MemoryDueTimes : IDueTimes
{
    private readonly ConcurrentDictionary<(string Queue, string Member), DateTimeOffset> _due = new();

    /// <summary>When a member is due; <see langword="null"/> where it is not.</summary>
    public DateTimeOffset? Of(string queue, string member) => _due.TryGetValue((queue, member), out var due) ? due : null;

    /// <summary>The first due time of a queue; <see langword="null"/> where nothing is due.</summary>
    public DateTimeOffset? Next(string queue) => _due.Where(pair => pair.Key.Queue == queue).Min(pair => (DateTimeOffset?)pair.Value);

    public Task SetAsync(string queue, string member, DateTimeOffset due, CancellationToken cancellationToken)
    {
        _due[(queue, member)] = due;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string queue, string member, CancellationToken cancellationToken)
    {
        _due.TryRemove((queue, member), out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DueTime>> DueAsync(string queue, DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<DueTime>>([.. _due.Where(pair => pair.Key.Queue == queue && pair.Value <= now)
            .OrderBy(pair => pair.Value).Take(limit).Select(pair => new DueTime(pair.Key.Member, pair.Value))]);

    public Task<bool> LeaseAsync(string queue, string holder, TimeSpan duration, CancellationToken cancellationToken) => Task.FromResult(true);
}
