using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>How a country's score went, as it was known at each time.</summary>
/// <param name="Country">The country.</param>
/// <param name="Points">The points, times rising strictly.</param>
public sealed record ScoreHistory(string Country, ImmutableArray<ScorePoint> Points)
{
    /// <summary>
    /// Adds ranks. A country's rank changes when another's score does, so it gets a point at each such time. Equal scores share the better
    /// rank; countries without a score have none.
    /// </summary>
    /// <param name="histories">One history a country; ranks in them are replaced.</param>
    /// <returns>The same countries in the same order, with ranks.</returns>
    public static ImmutableArray<ScoreHistory> Rank(IReadOnlyList<ScoreHistory> histories)
    {
        var news = histories
            .SelectMany((history, country) => history.Points.Select(point => (point.KnownAt, country, point.Score)))
            .GroupBy(item => item.KnownAt)
            .OrderBy(items => items.Key);
        var scores = new double[histories.Count];
        scores.AsSpan().Fill(double.NaN);
        var points = histories.Select(_ => new List<ScorePoint>()).ToArray();
        foreach (var items in news)
        {
            foreach (var (_, country, score) in items)
                scores[country] = score;
            var sorted = scores.Where(score => !double.IsNaN(score)).Order().ToArray();
            for (var country = 0; country < scores.Length; country++)
            {
                var point = new ScorePoint(items.Key, scores[country], RankOf(sorted, scores[country]));
                if (points[country] is [.., var last] ? last.Score.Equals(point.Score) && last.Rank == point.Rank : point.Rank is null)
                    continue;
                points[country].Add(point);
            }
        }

        return [.. histories.Select((history, country) => history with { Points = [.. points[country]] })];
    }

    private static int? RankOf(double[] sorted, double score)
    {
        if (double.IsNaN(score))
            return null;
        int low = 0,
            high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= score)
                low = middle + 1;
            else
                high = middle;
        }

        return sorted.Length - low + 1;
    }
}
