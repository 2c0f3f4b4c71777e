namespace EarlyWarning.Scoring.Rankings;

/// <summary>Ranks of scores: 1 for the highest; equal scores share the best of their ranks; 0 without a score.</summary>
internal static class Ranks
{
    public static int[] Of(IReadOnlyList<double?> scores)
    {
        var ordered = scores.OfType<double>().OrderDescending().ToArray();
        var ranks = new Dictionary<double, int>();
        for (var i = 0; i < ordered.Length; i++)
        {
            ranks.TryAdd(ordered[i], i + 1);
        }

        return [.. scores.Select(score => score is { } value ? ranks[value] : 0)];
    }
}
