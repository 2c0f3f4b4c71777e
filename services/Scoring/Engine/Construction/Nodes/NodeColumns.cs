namespace EarlyWarning.Scoring.Engine.Construction.Nodes;

/// <summary>A node, or a child as it counts in its node, over the units of a reference set.</summary>
/// <param name="Values">By unit; NaN where there is none.</param>
/// <param name="Coverage">The share of the weight below that has data.</param>
/// <param name="Backing">The same, without data that did not lead to a value.</param>
internal sealed record NodeColumns(double[] Values, double[] Coverage, double[] Backing);
