using EarlyWarning.V1;

namespace EarlyWarning.Board.Countries;

/// <summary>A row of the tree as it stands open.</summary>
/// <param name="Factor">What it shows.</param>
/// <param name="Level">Its depth, 1 for the index.</param>
/// <param name="Place">Its place among its siblings, from 1.</param>
/// <param name="Siblings">How many there are of them, itself included.</param>
/// <param name="IsOpen">Whether its children are shown; <see langword="null"/> where it has none.</param>
public sealed record FactorRow(Factor Factor, int Level, int Place, int Siblings, bool? IsOpen);

/// <summary>Which rows of a tree are shown.</summary>
internal static class FactorRows
{
    /// <summary>
    /// What is open before anybody says otherwise: the index, and the way to what decides the level, or to the worst where the index
    /// decides.
    /// </summary>
    public static HashSet<string> OpenAtFirst(Factor root, CountryRisk risk)
    {
        HashSet<string> open = [root.Code];
        if (risk.DecidingNode.Length > 0 && risk.DecidingNode != root.Code)
        {
            open.UnionWith(root.PathTo(risk.DecidingNode));
            open.Add(risk.DecidingNode);
        }
        else
        {
            for (var worst = root; worst.Children.Count > 0; worst = worst.Children[0])
            {
                open.Add(worst.Code);
            }
        }

        return open;
    }

    /// <summary>Lists the rows from the top, each after its parent.</summary>
    public static IEnumerable<FactorRow> Of(Factor root, IReadOnlySet<string> open) => Of(root, open, 1, 1, 1);

    private static IEnumerable<FactorRow> Of(Factor factor, IReadOnlySet<string> open, int level, int place, int siblings)
    {
        bool? isOpen = factor.Children.Count == 0 ? null : open.Contains(factor.Code);
        yield return new(factor, level, place, siblings, isOpen);
        if (isOpen != true)
        {
            yield break;
        }

        foreach (var (child, i) in factor.Children.Select((child, i) => (child, i)))
        {
            foreach (var row in Of(child, open, level + 1, i + 1, factor.Children.Count))
            {
                yield return row;
            }
        }
    }
}
