using EarlyWarning.Board.Language;
using EarlyWarning.V1;
using static EarlyWarning.Board.Language.Words;

namespace EarlyWarning.Board.Countries;

/// <summary>Says an outlook in words. Pure.</summary>
internal static class OutlookWords
{
    /// <summary>The whole of it, with how much of it is foretold.</summary>
    public static string Of(Outlook outlook, Framework framework)
    {
        string[] figures = [outlook.HasScore ? Number.ScoreOf(outlook.Score, framework) : Say("score.none"), LevelOf(outlook)];
        var coverage = outlook.HasCoverage ? Number.Percent(outlook.Coverage) : Say("value.none");
        return Say("country.ahead", string.Join(", ", figures.Where(one => one.Length > 0)), coverage);
    }

    /// <summary>Its level, or the one that it reaches at least; empty for neither.</summary>
    public static string LevelOf(Outlook outlook) =>
        outlook.Level.Length > 0 ? LevelName(outlook.Level)
        : outlook.LevelAtLeast.Length > 0 ? Say("level.atLeast", LevelName(outlook.LevelAtLeast))
        : "";
}
