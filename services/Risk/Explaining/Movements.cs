using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Explaining;

/// <summary>Which indicators moved a target between two states, and by how much.</summary>
internal static class Movements
{
    /// <summary>
    /// Lists what moved a target up to now, largest first. Without a score before, the parts are those of the score itself; without any earlier
    /// state there is nothing to compare.
    /// </summary>
    public static List<V1.Movement> Between(CatalogueSnapshot catalogue, FrameworkState framework, ScoreState? earlier, Target target)
    {
        var present = framework.Present;
        if (earlier is null)
        {
            return [];
        }

        var parts = new double[framework.Compiled.LeafCount];
        if (target.Leaf >= 0)
        {
            parts[target.Leaf] = (present.LeafValue(target.Leaf) ?? 0) - (earlier.LeafValue(target.Leaf) ?? 0);
        }
        else if (!present.TryAttributeNodeChange(target.Node, earlier, parts) && target.Node == framework.Compiled.Root)
        {
            present.Contributions(parts);
        }

        var movements = new List<V1.Movement>();
        for (var leaf = 0; leaf < parts.Length; leaf++)
        {
            if (parts[leaf] != 0)
            {
                movements.Add(Movement(catalogue, framework, earlier, leaf, parts[leaf]));
            }
        }

        movements.Sort((a, b) => Math.Abs(b.Amount).CompareTo(Math.Abs(a.Amount)) is not 0 and var order ? order : string.CompareOrdinal(a.Indicator, b.Indicator));
        return movements;
    }

    /// <summary>A movement in words.</summary>
    public static string Words(V1.Movement movement)
    {
        var (before, after) = (movement.HasValueBefore, movement.HasValueAfter);
        var move = before && after ? $"from {Figures.Of(movement.ValueBefore)} to {Figures.Of(movement.ValueAfter)}"
            : after ? $"now {Figures.Of(movement.ValueAfter)}"
            : $"no longer valid, last {Figures.Of(movement.ValueBefore)}";
        return $"{movement.DisplayName} {move}{(movement.Unit.Length > 0 ? $" {movement.Unit}" : "")} ({Figures.Signed(movement.Amount)})";
    }

    private static V1.Movement Movement(CatalogueSnapshot catalogue, FrameworkState framework, ScoreState earlier, int leaf, double amount)
    {
        var code = framework.Compiled.Leaves[leaf].Indicator;
        var movement = new V1.Movement
        {
            Indicator = code,
            DisplayName = Mapping.IndicatorName(catalogue, code),
            Amount = amount,
            Unit = Mapping.Unit(catalogue, code),
        };
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
