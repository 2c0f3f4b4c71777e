using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>The weights of one framework that differ from draw to draw. Only ratios of siblings count, so none is normalised.</summary>
internal sealed class DrawnWeights
{
    private readonly List<DrawnWeight> _weights = [];

    /// <summary>Initializes a new instance of the <see cref="DrawnWeights"/> class.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="noises">How unsure the weights of each level are.</param>
    /// <param name="sources">Gives the number of an element's source; −1 where it is not drawn.</param>
    public DrawnWeights(CompiledFramework framework, ImmutableArray<WeightNoise> noises, Func<string, int> sources)
    {
        var layout = framework.Layout;
        BySlot = new int[layout.SlotCount];
        Array.Fill(BySlot, -1);
        foreach (var (slot, level) in Levels(layout))
        {
            var noise = noises.FirstOrDefault(noise => noise.Level == level) ?? noises.FirstOrDefault(noise => noise.Level is null);
            var plan = layout.NodePlans[layout.Owners[slot]];
            if (noise is null || plan.Rule == NodeRule.Regression || layout.Weights[slot] == 0)
                continue;
            var source = sources(CodeOf(framework, slot));
            if (source < 0)
                continue;
            BySlot[slot] = _weights.Count;
            _weights.Add(new DrawnWeight(source, layout.Weights[slot], layout.Weights[slot] / plan.TotalWeight, noise));
        }
    }

    /// <summary>Gets, by slot, the number of its drawn weight; −1 where its weight is fixed.</summary>
    public int[] BySlot { get; }

    /// <summary>Gets how many are drawn.</summary>
    public int Count => _weights.Count;

    /// <summary>The code of what stands in a slot.</summary>
    public static string CodeOf(CompiledFramework framework, int slot) =>
        framework.Layout.Occupants[slot] is var occupant && occupant < 0
            ? framework.Leaves[~occupant].Indicator
            : framework.Nodes[occupant].Code;

    /// <summary>Each slot with the level of what stands in it: 1 for a leaf, for a node one above its highest child.</summary>
    public static IEnumerable<(int Slot, int Level)> Levels(Layout layout)
    {
        var nodes = new int[layout.NodePlans.Length];
        for (var node = 0; node < nodes.Length; node++)
        {
            for (var slot = layout.NodePlans[node].First; slot < layout.NodePlans[node].End; slot++)
            {
                var level = layout.Occupants[slot] < 0 ? 1 : nodes[layout.Occupants[slot]];
                nodes[node] = Math.Max(nodes[node], level + 1);
                yield return (slot, level);
            }
        }
    }

    /// <summary>Draws a block of all of them, one after the other.</summary>
    public void Draw(in DrawBlock draws, Span<double> weights)
    {
        for (var i = 0; i < _weights.Count; i++)
            _weights[i].Draw(draws, weights.Slice(i * Workspace.Block, Workspace.Block));
    }
}
