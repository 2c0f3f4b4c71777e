using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Scoring.Rankings;

/// <summary>What a ranking orders by: the level, then the score.</summary>
/// <param name="Level">The level's place among the framework's, from 0 for the lowest.</param>
/// <param name="Score">The score.</param>
internal readonly record struct Place(int Level, double Score) : IComparable<Place>
{
    private const double LevelStep = 1e6;

    /// <summary>The place as one number, for a sorted set: scores of one level lie far closer together than levels.</summary>
    public double Key => (Level * LevelStep) + Score;

    /// <summary>The place of a state; <see langword="null"/> where its data do not suffice for one.</summary>
    public static Place? Of(ScoreState state) => state.Score is { } score ? new(state.LevelIndex, score) : null;

    /// <summary>The place of a risk.</summary>
    public static Place? Of(V1.CountryRisk risk) => risk.HasScore && risk.HasLevelOrder ? new(risk.LevelOrder, risk.Score) : null;

    /// <inheritdoc/>
    public int CompareTo(Place other) => Level != other.Level ? Level.CompareTo(other.Level) : Score.CompareTo(other.Score);
}
