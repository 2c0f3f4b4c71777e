using System.Globalization;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Output;

/// <summary>Puts what a score says, and does not say, into words.</summary>
internal static class RiskText
{
    public const string Insufficient = "insufficient data";

    /// <summary>The level, or what is known of it where data are insufficient.</summary>
    public static string Level(string level, string levelAtLeast) =>
        level.Length > 0 ? level
        : levelAtLeast.Length > 0 ? $"{levelAtLeast} or higher"
        : Insufficient;

    /// <summary>The level with the node that it comes from.</summary>
    public static string LevelBy(CountryRisk risk) =>
        Level(risk.Level, risk.LevelAtLeast) + (risk.DecidingNodeName.Length > 0 ? $", by {risk.DecidingNodeName}" : "");

    /// <summary>The range, or why there is none.</summary>
    public static string Range(Interval? interval, bool hasScore) =>
        interval is not null ? DisplayText.Range(interval)
        : hasScore ? "errors not stated"
        : DisplayText.None;

    /// <summary>A share, or nothing where there is none.</summary>
    public static string Percent(bool given, double share) => given ? DisplayText.Percent(share) : DisplayText.None;

    /// <summary>A rank, or nothing where data are insufficient.</summary>
    public static string Rank(bool given, int rank) => given ? rank.ToString(CultureInfo.InvariantCulture) : DisplayText.None;

    /// <summary>A coverage, which is a warning where it is low.</summary>
    public static Cell Coverage(bool given, double share) => new(Percent(given, share), !given || share < 0.5 ? Tone.Warn : Tone.Plain);

    /// <summary>Says where a level rests on little; empty where it does not.</summary>
    public static string Basis(CountryRisk risk) =>
        risk switch
        {
            { DecidingNode.Length: 0 } => "",
            { LevelObservations: 1 } => "the level rests on one observation",
            { LevelSources: 1 } => $"the level rests on {risk.LevelObservations} observations of one source",
            _ => "",
        };

    /// <summary>What is missing, in one line.</summary>
    public static string Missing(CountryRisk risk, int most)
    {
        var parts = risk
            .Missing.Take(most)
            .Select(part => $"{part.DisplayName} ({DisplayText.Percent(part.Weight)}{(part.Stale ? ", out of date" : "")})");
        return string.Join(", ", parts) + (risk.Missing.Count > most ? ", …" : "");
    }
}
