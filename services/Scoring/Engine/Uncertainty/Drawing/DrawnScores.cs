namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>What is drawn of all countries, by country and draw.</summary>
/// <param name="Scores">The scores; NaN for none.</param>
/// <param name="Levels">The levels, where nodes beside the one drawn decide them too; null where they follow from the scores.</param>
internal sealed record DrawnScores(double[][] Scores, byte[][]? Levels)
{
    /// <summary>Makes room.</summary>
    /// <param name="drawsLevels">Whether levels do not follow from the scores.</param>
    /// <param name="countries">How many countries.</param>
    /// <param name="draws">How many draws.</param>
    public static DrawnScores Of(bool drawsLevels, int countries, int draws) =>
        new(Room<double>(countries, draws), drawsLevels ? Room<byte>(countries, draws) : null);

    private static T[][] Room<T>(int countries, int draws) => [.. Enumerable.Range(0, countries).Select(_ => new T[draws])];
}
