namespace EarlyWarning.Risk.Rankings;

/// <summary>Puts risks in order.</summary>
internal static class Ranking
{
    /// <summary>
    /// Copies the risks in their order with their rank: highest score first, and equal scores by code under one rank; those without a score last,
    /// unranked.
    /// </summary>
    public static List<V1.CountryRisk> Of(IEnumerable<V1.CountryRisk> risks)
    {
        var ranked = risks.Select(risk => risk.Clone()).ToList();
        ranked.Sort(static (a, b) => a.HasScore != b.HasScore ? a.HasScore ? -1 : 1
            : b.Score.CompareTo(a.Score) is not 0 and var order ? order
            : string.CompareOrdinal(a.Country, b.Country));
        for (var i = 0; i < ranked.Count && ranked[i].HasScore; i++)
        {
            ranked[i].Rank = i > 0 && ranked[i].Score.Equals(ranked[i - 1].Score) ? ranked[i - 1].Rank : i + 1;
        }

        return ranked;
    }

    public static V1.CountryRisk WithoutNodes(V1.CountryRisk risk)
    {
        var copy = risk.Clone();
        copy.Nodes.Clear();
        return copy;
    }
}
