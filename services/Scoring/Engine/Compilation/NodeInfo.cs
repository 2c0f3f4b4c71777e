namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>One node of a compiled framework.</summary>
/// <param name="Index">Its number, from 0, in the order of evaluation: children before parents, the root last.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Parent">The number of its parent, or −1 for the root.</param>
/// <param name="FirstLeaf">The number of the first leaf below it.</param>
/// <param name="LeafCount">
/// How many leaves are below it; their numbers follow each other. Below the root are all, those that only divide others too. Members of an
/// ensemble share leaves: theirs is the range from the first to the last that the member reads.
/// </param>
/// <param name="EffectiveWeight">Its share of the whole weight.</param>
public sealed record NodeInfo(int Index, string Code, string Name, int Parent, int FirstLeaf, int LeafCount, double EffectiveWeight);
