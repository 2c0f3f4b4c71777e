using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>An index, dimension or factor: the aggregate of its children.</summary>
public sealed record Node : Element
{
    /// <summary>Gets the name for people.</summary>
    public string Name { get; init; } = "";

    /// <summary>Gets how the children become one value; the arithmetic mean by default.</summary>
    public Aggregation Aggregation { get; init; } = Aggregation.Arithmetic;

    /// <summary>Gets where the children's weights come from; what they carry by default.</summary>
    public Weighting Weighting { get; init; } = Weighting.Given;

    /// <summary>Gets what a child without a value does to the node: any policy but <see cref="HoldDefaults"/>.</summary>
    public required MissingDataPolicy Missing { get; init; }

    /// <summary>Gets the children, in the order in which they are added up.</summary>
    public required ImmutableArray<Element> Children { get; init; }
}
