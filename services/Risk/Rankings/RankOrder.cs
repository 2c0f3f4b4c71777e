namespace EarlyWarning.Risk.Rankings;

/// <summary>Puts risks in order.</summary>
internal static class RankOrder
{
    /// <summary>
    /// Copies the risks in their order: those with enough data by level, then by score, highest first, equal ones by code under one rank;
    /// after them those with too little data, unranked: first by the level that they reach at least, then by coverage.
    /// </summary>
    public static List<V1.CountryRisk> Of(IEnumerable<V1.CountryRisk> risks)
    {
        var ranked = risks.Select(risk => risk.Clone()).ToList();
        ranked.Sort(Compare);
        for (var i = 0; i < ranked.Count; i++)
        {
            ranked[i].ClearRank();
            if (IsRanked(ranked[i]))
            {
                ranked[i].Rank =
                    i > 0 && Order(ranked[i]) == Order(ranked[i - 1]) && ranked[i].Score.Equals(ranked[i - 1].Score)
                        ? ranked[i - 1].Rank
                        : i + 1;
            }
        }

        return ranked;
    }

    /// <summary>Whether there are enough data for a place.</summary>
    public static bool IsRanked(V1.CountryRisk risk) => risk.State == V1.DataState.Sufficient;

    public static V1.CountryRisk WithoutNodes(V1.CountryRisk risk)
    {
        var copy = risk.Clone();
        copy.Nodes.Clear();
        if (IsRanked(copy))
        {
            copy.Missing.Clear();
        }

        return copy;
    }

    private static int Compare(V1.CountryRisk a, V1.CountryRisk b)
    {
        if (IsRanked(a) != IsRanked(b))
        {
            return IsRanked(a) ? -1 : 1;
        }

        var order = Order(b).CompareTo(Order(a));
        order =
            order != 0 ? order
            : IsRanked(a) ? b.Score.CompareTo(a.Score)
            : b.Coverage.CompareTo(a.Coverage);
        return order != 0 ? order : string.CompareOrdinal(a.Country, b.Country);
    }

    private static int Order(V1.CountryRisk risk) => risk.HasLevelOrder ? risk.LevelOrder : -1;
}
