using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>A node that decides on the level beside the root: the highest of their levels is the framework's.</summary>
/// <param name="Node">The node's code.</param>
/// <param name="Bands">The bands of its score; their names are out of the framework's bands, in the same order.</param>
/// <param name="CoverageFloor">The least share of the node's weight, 0 to 1, that must have valid data.</param>
public sealed record NodeLevels(string Node, ImmutableArray<Band> Bands, double CoverageFloor);
