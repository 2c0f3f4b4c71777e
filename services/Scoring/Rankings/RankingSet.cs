using System.Collections.Concurrent;

namespace EarlyWarning.Scoring.Rankings;

/// <summary>
/// The countries' present places (<see cref="RankKey.Key"/>) under each framework's version as <see cref="RankingFeed"/> last saw them, so
/// that a rank is a count and asks no grain. A set ends soon where nobody tends it. Thread-safe.
/// </summary>
internal sealed class RankingSet(TimeProvider time)
{
    /// <summary>How long a set stands without being tended.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, RankedScores> _sets = new(StringComparer.Ordinal);

    /// <summary>Writes the set anew, or says that it still holds.</summary>
    public void Put(string framework, int version, IReadOnlyDictionary<string, double> scores) =>
        _sets[framework] = new(version, new(scores, StringComparer.Ordinal), time.GetTimestamp());

    /// <summary>Forgets the set of a framework that is no longer followed.</summary>
    public void Remove(string framework) => _sets.TryRemove(framework, out _);

    /// <summary>Counts the countries above a score, other than one, and tells that one's own score.</summary>
    /// <returns><see langword="null"/> where there is no set.</returns>
    public RankingCount? CountAbove(string framework, int version, string country, double score)
    {
        if (!_sets.TryGetValue(framework, out var set) || set.Version != version || time.GetElapsedTime(set.Tended) > Life)
        {
            return null;
        }

        var count = set.Scores.Values.Count(other => other > score);
        return set.Scores.TryGetValue(country, out var own)
            ? new(own > score ? count - 1 : count, set.Scores.Count - 1, own)
            : new(count, set.Scores.Count, null);
    }

    private sealed record RankedScores(int Version, Dictionary<string, double> Scores, long Tended);
}

/// <summary>Where a score stands.</summary>
/// <param name="OthersAbove">How many other countries have a higher score.</param>
/// <param name="Others">How many other countries have a score.</param>
/// <param name="Own">The country's own score as the ranking has it; <see langword="null"/> where it has none.</param>
internal sealed record RankingCount(int OthersAbove, int Others, double? Own);
