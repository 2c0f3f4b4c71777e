using System.Globalization;
using System.Text.RegularExpressions;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Duration = Google.Protobuf.WellKnownTypes.Duration;
using Enum = System.Enum;

namespace EarlyWarning.Cli.Output;

/// <summary>Puts values into the words and figures that people read.</summary>
internal static partial class DisplayText
{
    public const string None = "–";

    /// <summary>Four significant digits: enough for a probability and for a score of 0 to 100. Large figures are in full.</summary>
    public static string Figure(double value)
    {
        if (Math.Abs(value) is < 10_000 or >= 1e15)
        {
            return value.ToString("G4", CultureInfo.InvariantCulture);
        }

        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 3);
        return (Math.Round(value / unit) * unit).ToString("N0", CultureInfo.InvariantCulture);
    }

    public static string Figure(bool given, double value) => given ? Figure(value) : None;

    public static string Signed(double value) => value.ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: 1 row, 2 rows.</summary>
    public static string Several(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A count of countries: 1 country, 2 countries.</summary>
    public static string Countries(long count) => $"{Count(count)} {(count == 1 ? "country" : "countries")}";

    public static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    public static string Range(Interval? interval) =>
        interval is null ? None : $"{Figure(interval.Lower)}–{Figure(interval.Upper)} ({Percent(interval.Probability)})";

    public static string Moment(Timestamp? time)
    {
        if (time is null)
        {
            return None;
        }

        var moment = time.ToDateTimeOffset();
        var form = moment.Second == 0 ? "yyyy-MM-dd HH:mm'Z'" : "yyyy-MM-dd HH:mm:ss'Z'";
        return moment.ToString(form, CultureInfo.InvariantCulture);
    }

    public static string Span(Duration? duration)
    {
        if (duration is null)
        {
            return None;
        }

        var span = duration.ToTimeSpan();
        return span switch
        {
            { TotalDays: >= 1 } => $"{Figure(span.TotalDays)} d",
            { TotalHours: >= 1 } => $"{Figure(span.TotalHours)} h",
            { TotalMinutes: >= 1 } => $"{Figure(span.TotalMinutes)} min",
            _ => $"{Figure(span.TotalSeconds)} s",
        };
    }

    /// <summary>The words of an enum's value: <c>awaiting decision</c>.</summary>
    public static string Label<T>(T value)
        where T : struct, Enum => WordStart().Replace(value.ToString(), " $0").ToLowerInvariant();

    public static Tone ToneOf(Severity severity) =>
        severity switch
        {
            Severity.Emergency => Tone.Bad,
            Severity.Warning => Tone.Warn,
            _ => Tone.Plain,
        };

    public static string Exercise(bool exercise) => exercise ? "EXERCISE " : "";

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
