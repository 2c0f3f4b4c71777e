using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Countries;

/// <summary>The names of risk levels.</summary>
internal static class Levels
{
    /// <summary>The name of a state's level; empty without a score.</summary>
    public static string Name(ScoreState state) => state.LevelIndex is >= 0 and var level ? state.Framework.Model.Bands[level].Name : "";
}
