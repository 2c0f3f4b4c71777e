using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Scoring.Rankings;

/// <summary>What a ranking orders by: the level, then the score.</summary>
/// <param name="Level">The level's place among the framework's, from 0 for the lowest.</param>
/// <param name="Score">The score.</param>
internal readonly record struct RankKey(int Level, double Score) : IComparable<RankKey>
{
    private const double LevelStep = 1e6;

    /// <summary>The place as one number, for a sorted set: scores of one level lie far closer together than levels.</summary>
    public double Key => (Level * LevelStep) + Score;

    /// <summary>The place of a state; <see langword="null"/> where its data do not suffice for one.</summary>
    public static RankKey? Of(ScoreState state) => state.Score is { } score ? new(state.LevelIndex, score) : null;

    /// <summary>The place of a risk.</summary>
    public static RankKey? Of(V1.CountryRisk risk) => risk.HasScore && risk.HasLevelOrder ? new(risk.LevelOrder, risk.Score) : null;

    /// <inheritdoc/>
    public int CompareTo(RankKey other) => Level != other.Level ? Level.CompareTo(other.Level) : Score.CompareTo(other.Score);
}
