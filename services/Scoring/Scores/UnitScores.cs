using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Frameworks;

namespace EarlyWarning.Scoring.Scores;

/// <summary>Scores in the words of the contract.</summary>
internal static class UnitScores
{
    private const double Confidence = 0.9;

    public static V1.UnitScore Of(ChosenFramework framework, string code, ScoreState state, int rank)
    {
        var score = new V1.UnitScore
        {
            Code = code,
            Level = framework.LevelOf(state.Score),
            Coverage = state.Coverage,
            Rank = rank,
        };
        if (state.Score is { } value)
        {
            score.Score = value;
        }

        if (state.Interval(Confidence) is { } interval)
        {
            score.Interval = new() { Lower = interval.Low, Upper = interval.High, Probability = interval.Confidence, Method = interval.Method };
        }

        for (var node = state.Framework.Root; node >= 0; node--)
        {
            score.Nodes.Add(NodeOf(state, node));
        }

        return score;
    }

    private static V1.NodeScore NodeOf(ScoreState state, int number)
    {
        var nodes = state.Framework.Nodes;
        var node = new V1.NodeScore { Code = nodes[number].Code, DisplayName = nodes[number].Name, Coverage = state.NodeCoverage(number) };
        for (var parent = nodes[number].Parent; parent >= 0; parent = nodes[parent].Parent)
        {
            node.Depth++;
        }

        if (state.NodeScore(number) is { } score)
        {
            node.Score = score;
        }

        return node;
    }
}
