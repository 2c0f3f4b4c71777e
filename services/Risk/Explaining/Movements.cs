using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Explaining;

/// <summary>Which indicators moved a target between two states, and by how much.</summary>
internal static class Movements
{
    /// <summary>
    /// Lists what moved a target up to now, largest first. Where it had no score before there is no change to share out: what has come,
    /// gone or changed is listed without an amount, by what it adds now. Without any earlier state there is nothing to compare.
    /// </summary>
    public static List<V1.Movement> Between(CatalogueSnapshot catalogue, FrameworkState framework, ScoreState? earlier, Target target)
    {
        var present = framework.Present;
        if (earlier is null)
        {
            return [];
        }

        var parts = new double[framework.Compiled.LeafCount];
        var shared = TryShareOut(present, earlier, target, parts);
        if (!shared && target.Leaf < 0)
        {
            present.NodeContributions(target.Node, parts);
        }

        var (first, count) = target.Leaves(framework.Compiled);
        var movements = new List<(double Part, V1.Movement Movement)>();
        for (var leaf = 0; leaf < parts.Length; leaf++)
        {
            var hasMoved = leaf >= first && leaf < first + count && present.LeafValue(leaf) != earlier.LeafValue(leaf);
            if (shared ? parts[leaf] != 0 : hasMoved)
            {
                movements.Add((parts[leaf], Movement(catalogue, framework, earlier, leaf, shared ? parts[leaf] : null)));
            }
        }

        movements.Sort(
            (a, b) =>
                Math.Abs(b.Part).CompareTo(Math.Abs(a.Part)) is not 0 and var order
                    ? order
                    : string.CompareOrdinal(a.Movement.Indicator, b.Movement.Indicator)
        );
        return [.. movements.Select(moved => moved.Movement)];
    }

    // An indicator that had no value before has not risen from 0.
    private static bool TryShareOut(ScoreState present, ScoreState earlier, Target target, double[] parts)
    {
        if (target.Leaf < 0)
        {
            return present.TryAttributeNodeChange(target.Node, earlier, parts);
        }

        if (present.LeafValue(target.Leaf) is not { } now || earlier.LeafValue(target.Leaf) is not { } before)
        {
            return false;
        }

        parts[target.Leaf] = now - before;
        return true;
    }

    private static V1.Movement Movement(CatalogueSnapshot catalogue, FrameworkState framework, ScoreState earlier, int leaf, double? amount)
    {
        var code = framework.Compiled.Leaves[leaf].Indicator;
        var movement = new V1.Movement
        {
            Indicator = code,
            DisplayName = Labels.IndicatorName(catalogue, code),
            Unit = Labels.Unit(catalogue, code),
        };
        if (amount is { } share)
        {
            movement.Amount = share;
        }

        var (before, after) = (earlier.LeafValue(leaf), framework.Present.LeafValue(leaf));
        if (before is { } was)
        {
            movement.ValueBefore = was;
        }

        if (after is { } now)
        {
            movement.ValueAfter = now;
            if (now != before && framework.Indicator(leaf)?.Chosen is { } series)
            {
                movement.ObservationIds.Add(series.Id);
            }
        }

        return movement;
    }
}
