using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Scoring.Engine.Explanation;

/// <summary>What a sentence on a score is made of: numbers and the names that people use.</summary>
public sealed record ScoreFacts
{
    /// <summary>Gets whose score it is: "Kenya".</summary>
    public required string Subject { get; init; }

    /// <summary>Gets under what it was scored: "Atrocity risk".</summary>
    public required string Framework { get; init; }

    /// <summary>Gets the score; null where there is none.</summary>
    public double? Score { get; init; }

    /// <summary>Gets a value indicating whether the score is a probability from 0 to 1, which is told in percent.</summary>
    public bool IsProbability { get; init; }

    /// <summary>Gets the name of the level; empty without a score.</summary>
    public string Level { get; init; } = "";

    /// <summary>Gets the name of the node that decides the level; empty where the index does.</summary>
    public string DecidingNode { get; init; } = "";

    /// <summary>Gets how sure the score is; null where that is not known.</summary>
    public NodeRange? Interval { get; init; }

    /// <summary>Gets the probability, 0 to 1, that the true score stands in the level or above it; null where that is not known.</summary>
    public double? LevelProbability { get; init; }

    /// <summary>Gets what the contributions are measured from, in words: "every indicator at its least risk".</summary>
    public string Baseline { get; init; } = "";

    /// <summary>Gets what each indicator adds to the score, in any order.</summary>
    public ImmutableArray<NamedAmount> Contributions { get; init; } = [];

    /// <summary>Gets the share of the weight, 0 to 1, that has valid data.</summary>
    public double Coverage { get; init; }

    /// <summary>Gets the names of the indicators without valid data, the weightiest first.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>Gets the nearest change of one indicator to another level; null for none.</summary>
    public NamedMove? Nearest { get; init; }
}

/// <summary>An indicator's part in a score.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Amount">What it adds, on the scale of the score; below 0 where it lowers it.</param>
public sealed record NamedAmount(string Name, double Amount);

/// <summary>A change of one indicator that would change the level.</summary>
/// <param name="Name">The indicator's name for people.</param>
/// <param name="From">Its value.</param>
/// <param name="To">The value at which the level would be the other.</param>
/// <param name="Unit">The unit of both; empty for none.</param>
/// <param name="Level">The level that it would be.</param>
public sealed record NamedMove(string Name, double From, double To, string Unit, string Level);
