namespace EarlyWarning.Scoring.Rankings;

/// <summary>Ranks of places: 1 for the highest; equal ones share the best of their ranks; none where data do not suffice.</summary>
internal static class Ranks
{
    public static int?[] Of(IReadOnlyList<RankKey?> places)
    {
        var ordered = places.OfType<RankKey>().OrderDescending().ToArray();
        var ranks = new Dictionary<RankKey, int>();
        for (var i = 0; i < ordered.Length; i++)
        {
            ranks.TryAdd(ordered[i], i + 1);
        }

        return [.. places.Select(place => place is { } known ? ranks[known] : (int?)null)];
    }
}
