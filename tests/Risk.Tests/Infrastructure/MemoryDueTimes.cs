using System.Collections.Concurrent;
using EarlyWarning.Store.Due;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>Due times in memory.</summary>
internal sealed class MemoryDueTimes : IDueTimes
{
    public ConcurrentDictionary<string, DateTimeOffset> Due { get; } = new(StringComparer.Ordinal);

    public Task SetAsync(string queue, string member, DateTimeOffset due, CancellationToken cancellationToken)
    {
        Due[member] = due;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string queue, string member, CancellationToken cancellationToken)
    {
        Due.TryRemove(member, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DueTime>> DueAsync(string queue, DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<DueTime>>([.. Due.Where(pair => pair.Value <= now).OrderBy(pair => pair.Value).Take(limit)
            .Select(pair => new DueTime(pair.Key, pair.Value))]);

    public Task<bool> LeaseAsync(string queue, string holder, TimeSpan duration, CancellationToken cancellationToken) => Task.FromResult(true);
}
