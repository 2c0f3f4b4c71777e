using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction.Analysis;

/// <summary>
/// How much of a framework's data a unit has, indicators counted one by one without regard to weight. COINr's get_data_avail.
/// </summary>
/// <param name="Unit">The unit's key.</param>
/// <param name="Missing">How many indicators have no value.</param>
/// <param name="Zeros">How many have the value 0.</param>
/// <param name="Available">The share of the indicators that have a value.</param>
/// <param name="NonZero">The share of the values that are other than 0; NaN without a value.</param>
/// <param name="Nodes">The share of the indicators below each node that have a value, by the node's code.</param>
public sealed record DataAvailability(
    string Unit,
    int Missing,
    int Zeros,
    double Available,
    double NonZero,
    ImmutableDictionary<string, double> Nodes
)
{
    /// <summary>Counts the values of every unit.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="table">A stage of it with the indicators as columns, such as <see cref="ConstructedIndex.Denominated"/>.</param>
    /// <returns>One count a unit, in the order of the table.</returns>
    public static ImmutableArray<DataAvailability> Of(CompositeFramework framework, UnitTable table)
    {
        ArgumentNullException.ThrowIfNull(framework);
        ArgumentNullException.ThrowIfNull(table);
        var outline = TreeOutline.Of(framework);
        return [.. Enumerable.Range(0, table.Units.Length).Select(unit => Of(outline, table, unit))];
    }

    private static DataAvailability Of(TreeOutline outline, UnitTable table, int unit)
    {
        var values = outline.Leaves.Select(leaf => table.Column(leaf.Leaf.Code)[unit]).ToArray();
        var (missing, zeros) = (values.Count(double.IsNaN), values.Count(value => value == 0));
        double present = values.Length - missing;
        return new DataAvailability(
            table.Units[unit],
            missing,
            zeros,
            present / values.Length,
            1 - (zeros / present),
            outline.Nodes.ToImmutableDictionary(
                node => node.Node.Code,
                node => values[node.FirstLeaf..node.EndLeaf].Count(value => !double.IsNaN(value)) / (double)(node.EndLeaf - node.FirstLeaf),
                StringComparer.Ordinal
            )
        );
    }
}
