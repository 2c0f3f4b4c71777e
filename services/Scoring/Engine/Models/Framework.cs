using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// A versioned, immutable definition of how one country's observations become one score: a tree (<see cref="CompositeFramework"/>) or a
/// regression (<see cref="LogisticFramework"/>).
/// </summary>
public abstract record Framework
{
    /// <summary>The code of the one node of a logistic framework, and of the root of an ensemble.</summary>
    public const string ProbabilityCode = "probability";

    private protected Framework() { }

    /// <summary>Gets the identifier, the same in every version.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the version, from 1 up.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the risk levels, lowest first; the first starts at 0 or where the scale does.</summary>
    public required ImmutableArray<Band> Bands { get; init; }

    /// <summary>Gets the nodes that decide on the level beside the root; none by default.</summary>
    public ImmutableArray<NodeLevels> NodeLevels { get; init; } = [];

    /// <summary>Gets the highest score that the framework can give: 100 for an index, 1 for a probability.</summary>
    public abstract double Ceiling { get; }
}
