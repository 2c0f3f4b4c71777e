using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>A framework built over its reference set, stage by stage. Immutable.</summary>
public sealed class ConstructedIndex
{
    internal ConstructedIndex(CompositeFramework framework, SetConstruction built)
    {
        Framework = framework;
        Units = [.. built.Units];
        ScreenedOut = [.. built.ScreenedOut];
        ImmutableArray<string> units = [.. built.Units.Select(unit => unit.Key)];
        ImmutableArray<string> leaves = [.. built.Outline.Leaves.Select(leaf => leaf.Leaf.Code)];
        ImmutableArray<string> nodes = [.. built.Outline.Nodes.Select(node => node.Node.Code)];
        Denominated = new UnitTable(units, leaves, Array.ConvertAll(built.Denominated, column => column.Values));
        Imputed = Denominated.With(Array.ConvertAll(built.Imputed, column => column.Values));
        Treated = Denominated.With(Array.ConvertAll(built.Treated, treated => treated.Column.Values));
        Normalised = Denominated.With(Array.ConvertAll(built.Normalised, column => column.Values));
        Nodes = new UnitTable(units, nodes, Array.ConvertAll(built.Nodes, node => node.Values));
        Coverage = Nodes.With(Array.ConvertAll(built.Nodes, node => node.Coverage));
        Treatments =
        [
            .. leaves.Select(
                (leaf, i) =>
                    new IndicatorTreatment(
                        leaf,
                        built.Treated[i].Method,
                        built.Treated[i].HighPoints,
                        built.Treated[i].LowPoints,
                        new Shape(built.Imputed[i].Skewness, built.Imputed[i].Kurtosis),
                        new Shape(built.Treated[i].Column.Skewness, built.Treated[i].Column.Kurtosis)
                    )
            ),
        ];
        Weights = WeightsOf(built);
    }

    /// <summary>Gets the framework.</summary>
    public CompositeFramework Framework { get; }

    /// <summary>Gets the units that were scored, in the order of the set: the rows of every table.</summary>
    public ImmutableArray<ReferenceUnit> Units { get; }

    /// <summary>Gets the units that were screened out, and why.</summary>
    public ImmutableArray<ScreenedUnit> ScreenedOut { get; }

    /// <summary>Gets the indicators after their denominators, in their own units. COINr's Denominate.</summary>
    public UnitTable Denominated { get; }

    /// <summary>Gets those with gaps filled. COINr's Impute.</summary>
    public UnitTable Imputed { get; }

    /// <summary>Gets those with outliers treated, not turned by direction. COINr's Treat.</summary>
    public UnitTable Treated { get; }

    /// <summary>Gets those as they count in their nodes. COINr's Normalise.</summary>
    public UnitTable Normalised { get; }

    /// <summary>
    /// Gets the scores of the nodes, each on its own scale, children before parents and the index last. COINr's Aggregate, which knows no
    /// direction of a node: here a node that lowers has its own score in this table and counts turned in its parent.
    /// </summary>
    public UnitTable Nodes { get; }

    /// <summary>Gets the share of each node's weight that has observed data, 0 to 1.</summary>
    public UnitTable Coverage { get; }

    /// <summary>Gets what the treatment did to each indicator, in the order of the tree.</summary>
    public ImmutableArray<IndicatorTreatment> Treatments { get; }

    /// <summary>Gets the weight of every element but the root, by code: its share, 0 to 1, among its siblings.</summary>
    public ImmutableDictionary<string, double> Weights { get; }

    private static ImmutableDictionary<string, double> WeightsOf(SetConstruction built)
    {
        var weights = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        for (var node = 0; node < built.Weights.Length; node++)
        {
            var (children, own) = (built.Outline.Nodes[node].Node.Children, built.Weights[node]);
            var total = own.Sum();
            for (var i = 0; i < own.Length; i++)
                weights.Add(children[i].Code, own[i] / total);
        }

        return weights.ToImmutable();
    }
}
