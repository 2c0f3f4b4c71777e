using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Catalogue.Scores;

/// <summary>
/// Parts of a scored state in the words of the contract: the one way from the engine to every answer, so that no two of them differ.
/// </summary>
public static class ScoreParts
{
    /// <summary>Whether the data suffice.</summary>
    public static V1.DataState State(double? score) => score is null ? V1.DataState.Insufficient : V1.DataState.Sufficient;

    /// <summary>The name of a level; empty for -1.</summary>
    public static string LevelName(CompiledFramework framework, int level)
    {
        ArgumentNullException.ThrowIfNull(framework);
        return level >= 0 ? framework.Model.Bands[level].Name : "";
    }

    /// <summary>The code of a node; empty for -1.</summary>
    public static string NodeCode(CompiledFramework framework, int node)
    {
        ArgumentNullException.ThrowIfNull(framework);
        return node >= 0 ? framework.Nodes[node].Code : "";
    }

    /// <summary>The name of a node, or its code where it has none; empty for -1.</summary>
    public static string NodeName(CompiledFramework framework, int node)
    {
        ArgumentNullException.ThrowIfNull(framework);
        return node < 0 ? ""
            : framework.Nodes[node].Name is { Length: > 0 } name ? name
            : framework.Nodes[node].Code;
    }

    /// <summary>A range.</summary>
    public static V1.Interval? Interval(NodeRange? range) =>
        range is { } known
            ? new()
            {
                Lower = known.Low,
                Upper = known.High,
                Probability = known.Probability,
            }
            : null;

    /// <summary>The probabilities of the levels; none where they are not known.</summary>
    public static IEnumerable<V1.LevelProbability> Levels(CompiledFramework framework, ScoreRanges ranges)
    {
        ArgumentNullException.ThrowIfNull(framework);
        ArgumentNullException.ThrowIfNull(ranges);
        return ranges.Levels.Select(
            (level, i) =>
                new V1.LevelProbability
                {
                    Level = framework.Model.Bands[i].Name,
                    Probability = level.Value,
                    StandardError = level.StandardError,
                }
        );
    }

    /// <summary>The likeliest level where it is another than the state's; else empty.</summary>
    public static string LikeliestLevel(ScoreState state, ScoreRanges ranges)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(ranges);
        return state.LevelIndex >= 0 && ranges.LikeliestLevel >= 0 && ranges.LikeliestLevel != state.LevelIndex
            ? LevelName(state.Framework, ranges.LikeliestLevel)
            : "";
    }

    /// <summary>The inner nodes, index first.</summary>
    public static IEnumerable<V1.NodeScore> Nodes(ScoreState state, ScoreRanges ranges)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(ranges);
        for (var node = state.Framework.Root; node >= 0; node--)
        {
            yield return Node(state, ranges, node);
        }
    }

    private static V1.NodeScore Node(ScoreState state, ScoreRanges ranges, int number)
    {
        var framework = state.Framework;
        var score = state.NodeScore(number);
        var node = new V1.NodeScore
        {
            Code = framework.Nodes[number].Code,
            DisplayName = framework.Nodes[number].Name,
            State = State(score),
            Interval = Interval(ranges.Nodes[number]),
            Coverage = state.NodeCoverage(number),
            Level = LevelName(framework, state.NodeLevel(number)),
        };
        for (var parent = framework.Nodes[number].Parent; parent >= 0; parent = framework.Nodes[parent].Parent)
        {
            node.Depth++;
        }

        if (score is { } value)
        {
            node.Score = value;
        }

        if (state.UnknownErrorShare(number) is { } unknown)
        {
            node.UnknownErrorShare = unknown;
        }

        return node;
    }
}
