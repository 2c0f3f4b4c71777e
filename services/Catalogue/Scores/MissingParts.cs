using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Catalogue.Scores;

/// <summary>Lists what a state has no valid data of.</summary>
public static class MissingParts
{
    private const int Most = 10;

    /// <summary>The parts, largest weight first: nodes of which nothing is known, else indicators.</summary>
    /// <param name="state">The state.</param>
    /// <param name="nameOf">The name of an indicator.</param>
    /// <param name="isStale">Whether a leaf had a valid observation once.</param>
    public static List<V1.MissingPart> Of(ScoreState state, Func<string, string> nameOf, Func<int, bool> isStale)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(nameOf);
        ArgumentNullException.ThrowIfNull(isStale);
        var framework = state.Framework;
        var parts = new List<V1.MissingPart>();
        var told = new bool[framework.LeafCount];
        for (var node = framework.Root - 1; node >= 0; node--)
        {
            var (first, count) = (framework.Nodes[node].FirstLeaf, framework.Nodes[node].LeafCount);
            if (IsEmpty(state, first, count) && !told[first])
            {
                parts.Add(
                    new()
                    {
                        Code = framework.Nodes[node].Code,
                        DisplayName = ScoreParts.NodeName(framework, node),
                        Weight = framework.Nodes[node].EffectiveWeight,
                    }
                );
                Array.Fill(told, true, first, count);
            }
        }

        for (var leaf = 0; leaf < framework.LeafCount; leaf++)
        {
            if (!told[leaf] && state.LeafValue(leaf) is null && framework.Leaves[leaf] is var info)
            {
                parts.Add(
                    new()
                    {
                        Code = info.Indicator,
                        DisplayName = nameOf(info.Indicator),
                        Weight = info.EffectiveWeight,
                        Stale = isStale(leaf),
                    }
                );
            }
        }

        return [.. parts.OrderByDescending(part => part.Weight).ThenBy(part => part.Code, StringComparer.Ordinal).Take(Most)];
    }

    private static bool IsEmpty(ScoreState state, int first, int count)
    {
        for (var leaf = first; leaf < first + count; leaf++)
        {
            if (state.LeafValue(leaf) is not null)
            {
                return false;
            }
        }

        return count > 0;
    }
}
