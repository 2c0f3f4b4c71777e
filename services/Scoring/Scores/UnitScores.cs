using EarlyWarning.Catalogue.Scores;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Frameworks;

namespace EarlyWarning.Scoring.Scores;

/// <summary>Scores in the words of the contract.</summary>
internal static class UnitScores
{
    /// <summary>Says what a state scores, and draws its ranges.</summary>
    public static V1.UnitScore Of(ChosenFramework framework, string code, ScoreState state, int? rank)
    {
        var ranges = ScoreRanges.Of(state);
        var compiled = framework.Compiled;
        var score = new V1.UnitScore
        {
            Code = code,
            State = ScoreParts.State(state.Score),
            Level = ScoreParts.LevelName(compiled, state.LevelIndex),
            DecidingNode = ScoreParts.NodeCode(compiled, state.DecidingNode),
            LevelAtLeast = ScoreParts.LevelName(compiled, state.LevelAtLeast),
            LikeliestLevel = ScoreParts.LikeliestLevel(state, ranges),
            LevelProbabilities = { ScoreParts.Levels(compiled, ranges) },
            Interval = ScoreParts.Interval(ranges.Nodes[compiled.Root]),
            Coverage = state.Coverage,
            Nodes = { ScoreParts.Nodes(state, ranges) },
        };
        if (state.Score is { } value)
        {
            score.Score = value;
        }

        if (state.UnknownErrorShare(compiled.Root) is { } unknown)
        {
            score.UnknownErrorShare = unknown;
        }

        if (rank is { } place)
        {
            score.Rank = place;
        }

        return score;
    }
}
