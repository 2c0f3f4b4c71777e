using System.Globalization;
using EarlyWarning.Store.Cache;
using StackExchange.Redis;

namespace EarlyWarning.Scoring.Rankings;

/// <summary>
/// The countries' present places (<see cref="Place.Key"/>) under a framework's version as a sorted set in the cache: a rank is a count. Beside it stands how many members
/// it must have, so that a set of which the cache has lost a part is never taken for a whole one; and it ends soon where nobody tends it.
/// </summary>
internal sealed class RankingSet(CacheConnection connection)
{
    /// <summary>How long a set stands without being tended.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <summary>Writes the set anew.</summary>
    public async Task<bool> ReplaceAsync(string framework, int version, IReadOnlyDictionary<string, double> scores)
    {
        var (set, head) = Keys(framework, version);
        var answer = await connection.TryAsync(async database =>
        {
            var transaction = database.CreateTransaction();
            _ = transaction.KeyDeleteAsync(set);
            if (scores.Count > 0)
            {
                _ = transaction.SortedSetAddAsync(set, [.. scores.Select(pair => new SortedSetEntry(pair.Key, pair.Value))]);
                _ = transaction.KeyExpireAsync(set, Life);
            }

            _ = transaction.StringSetAsync(head, scores.Count, Life);
            return await transaction.ExecuteAsync();
        });
        return answer is { Answered: true, Value: true };
    }

    /// <summary>Changes members; one without a score leaves the set. Keeps it standing where nothing has changed too.</summary>
    /// <returns>Whether the set is whole; where it is not it must be written anew.</returns>
    public async Task<bool> ChangeAsync(string framework, int version, IReadOnlyDictionary<string, double?> changes, int members)
    {
        var (set, head) = Keys(framework, version);
        var answer = await connection.TryAsync(async database =>
        {
            var transaction = database.CreateTransaction();
            var gone = changes.Where(change => change.Value is null).Select(change => (RedisValue)change.Key).ToArray();
            var scored = changes.Where(change => change.Value is not null).Select(change => new SortedSetEntry(change.Key, change.Value!.Value)).ToArray();
            if (gone.Length > 0)
            {
                _ = transaction.SortedSetRemoveAsync(set, gone);
            }

            if (scored.Length > 0)
            {
                _ = transaction.SortedSetAddAsync(set, scored);
            }

            var length = transaction.SortedSetLengthAsync(set);
            _ = transaction.KeyExpireAsync(set, Life);
            _ = transaction.StringSetAsync(head, members, Life);
            return await transaction.ExecuteAsync() && await length == members;
        });
        return answer is { Answered: true, Value: true };
    }

    /// <summary>Counts the countries above a score, other than one, and tells that one's own score.</summary>
    /// <returns><see langword="null"/> where there is no whole set.</returns>
    public async Task<RankingCount?> CountAboveAsync(string framework, int version, string country, double score)
    {
        var (set, head) = Keys(framework, version);
        var answer = await connection.TryAsync(async database =>
        {
            var transaction = database.CreateTransaction();
            var members = transaction.StringGetAsync(head);
            var length = transaction.SortedSetLengthAsync(set);
            var above = transaction.SortedSetLengthAsync(set, score, double.PositiveInfinity, Exclude.Start);
            var own = transaction.SortedSetScoreAsync(set, country);
            if (!await transaction.ExecuteAsync() || (long?)await members != await length)
            {
                return null;
            }

            var count = (int)await above;
            var others = (int)await length;
            return await own is { } stands
                ? new RankingCount(stands > score ? count - 1 : count, others - 1, stands)
                : new RankingCount(count, others, null);
        });
        return answer.Answered ? answer.Value : null;
    }

    // Both keys share a slot of a cluster, which a transaction asks for.
    private static (RedisKey Set, RedisKey Head) Keys(string framework, int version)
    {
        var stem = string.Create(CultureInfo.InvariantCulture, $"ew:ranking:{{{framework}/{version}}}");
        return ($"{stem}:scores", $"{stem}:members");
    }
}

/// <summary>Where a score stands.</summary>
/// <param name="OthersAbove">How many other countries have a higher score.</param>
/// <param name="Others">How many other countries have a score.</param>
/// <param name="Own">The country's own score as the ranking has it; <see langword="null"/> where it has none.</param>
internal sealed record RankingCount(int OthersAbove, int Others, double? Own);
