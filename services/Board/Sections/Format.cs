using System.Globalization;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Board.Sections;

/// <summary>How figures and times are written for people: in UTC, with their age, and without more digits than they deserve.</summary>
internal static class Format
{
    public static string Score(CountryRisk risk) => risk.HasScore ? Number(risk.Score, risk.Framework, risk.Interval) : "no score";

    /// <summary>The share of the weight that has valid data.</summary>
    public static string Coverage(CountryRisk risk) => risk.HasCoverage ? Percent(risk.Coverage) : "not known";

    /// <summary>Whether another node than the index decides on the level.</summary>
    public static bool IsByNode(CountryRisk risk, Framework framework) =>
        risk.DecidingNode.Length > 0 && framework.Composite?.Root is { } root && risk.DecidingNode != root.Code;

    /// <summary>Says where a level rests on little.</summary>
    public static string Basis(CountryRisk risk) =>
        risk switch
        {
            { LevelObservations: 1 } => "rests on one observation",
            { LevelSources: 1 } => "rests on one source",
            _ => "",
        };

    /// <summary>A probability is below 1 and needs more digits than an index of 0 to 100.</summary>
    public static string Number(double value, string framework, Interval? interval) =>
        value.ToString(
            Math.Max(Math.Abs(value), interval?.Upper ?? 0) <= 1 && framework.Length > 0 ? "0.000" : "0.0",
            CultureInfo.InvariantCulture
        );

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0}%");

    public static string Clock(Timestamp? time) =>
        time is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{time.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC");

    public static string Age(Timestamp? time, DateTimeOffset now) => time is null ? "" : $"{Span(now - time.ToDateTimeOffset())} ago";

    public static string Span(TimeSpan span) =>
        span.Duration() switch
        {
            { TotalSeconds: < 90 } s => string.Create(CultureInfo.InvariantCulture, $"{s.TotalSeconds:0} s"),
            { TotalMinutes: < 90 } s => string.Create(CultureInfo.InvariantCulture, $"{s.TotalMinutes:0} min"),
            { TotalHours: < 48 } s => string.Create(CultureInfo.InvariantCulture, $"{s.TotalHours:0} h"),
            var s => string.Create(CultureInfo.InvariantCulture, $"{s.TotalDays:0} days"),
        };

    public static string Words<T>(T value)
        where T : struct, System.Enum =>
        string.Concat(
            value.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}")
        );

    /// <summary>As what somebody acted: the role, or that nobody knows who it was.</summary>
    public static string ActedAs(CaseEntry entry) =>
        entry switch
        {
            { ActorVerified: false } => " (unverified)",
            { ActorRole: AccessRole.Unspecified } => "",
            _ => $" ({Words(entry.ActorRole)})",
        };

    public static string Interval(Interval? interval, string framework) =>
        interval is null
            ? "errors not stated"
            : $"{Number(interval.Lower, framework, interval)} to {Number(interval.Upper, framework, interval)} "
                + $"({Percent(interval.Probability)})";

    /// <summary>A place on the scale of a framework, as a share of the bar's width.</summary>
    public static string Place(double value, double top) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(value / top, 0, 1) * 100:0.#}%");
}
