using EarlyWarning.Store.Connection;
using StackExchange.Redis;

namespace EarlyWarning.Store.DueTimes;

/// <summary>Due times in one sorted set a queue, scored by Unix milliseconds.</summary>
internal sealed class RedisDueTimes(StoreConnection store) : IDueTimes
{
    public async Task SetAsync(string queue, string member, DateTimeOffset due, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await store.RunAsync(db => db.SortedSetAddAsync(Queue(queue), member, RoundedUp(due)));
    }

    public async Task RemoveAsync(string queue, string member, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await store.RunAsync(db => db.SortedSetRemoveAsync(Queue(queue), member));
    }

    public async Task<IReadOnlyList<DueTime>> DueAsync(string queue, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var due = await store.RunAsync(db => db.SortedSetRangeByScoreWithScoresAsync(Queue(queue), stop: now.ToUnixTimeMilliseconds(), take: limit));
        return [.. due.Select(entry => new DueTime(entry.Element!, DateTimeOffset.FromUnixTimeMilliseconds((long)entry.Score)))];
    }

    public async Task<bool> LeaseAsync(string queue, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RedisKey key = "ew:lease:" + queue;

        // Two steps and not one transaction: a kill inside a transaction leaves a log that Garnet refuses to replay. Two holders for a moment do no
        // harm, because a member that is woken twice finds nothing to do the second time.
        return await store.RunAsync(async db => await db.StringSetAsync(key, holder, duration, when: When.NotExists)
            || (await db.StringGetAsync(key) == holder && await db.StringSetAsync(key, holder, duration, when: When.Exists)));
    }

    /// <summary>A member woken before its time would find nothing to do, and be woken again and again until then.</summary>
    private static long RoundedUp(DateTimeOffset due) => due.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds();

    private static RedisKey Queue(string queue) => "ew:due:" + queue;
}
