using EarlyWarning.V1;

namespace EarlyWarning.Cli.Top;

/// <summary>Puts countries in the order of a ranking: a watch tells of those that change, and not of whose place that changes.</summary>
internal static class TopOrder
{
    /// <summary>
    /// By level, then by score, highest first, equal ones under one rank; after them those with insufficient data, without one: first by
    /// the level that they reach at least, then by coverage.
    /// </summary>
    public static IReadOnlyList<(int? Rank, CountryRisk Risk)> Ranked(IEnumerable<CountryRisk> risks)
    {
        var ordered = risks
            .OrderBy(risk => risk.State != DataState.Sufficient)
            .ThenByDescending(risk => risk.HasLevelOrder ? risk.LevelOrder : -1)
            .ThenByDescending(risk => risk.State == DataState.Sufficient ? risk.Score : risk.Coverage)
            .ThenBy(risk => risk.Country, StringComparer.Ordinal)
            .ToList();
        var rows = new List<(int? Rank, CountryRisk Risk)>(ordered.Count);
        foreach (var risk in ordered)
        {
            int? rank =
                risk.State != DataState.Sufficient ? null
                : rows is [.., (var last, var above)] && above.LevelOrder == risk.LevelOrder && above.Score.Equals(risk.Score) ? last
                : rows.Count + 1;
            rows.Add((rank, risk));
        }

        return rows;
    }
}
