using System.Globalization;
using EarlyWarning.Scoring.Engine.Explanation;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Explaining;

/// <summary>Figures in sentences: four significant digits, and large ones in full.</summary>
internal static class NumberText
{
    public static string Of(double? value) => value is { } figure ? PlainFigure.Of(figure) : "no value";

    public static string Signed(double value) => (value < 0 ? "" : "+") + Of(value);

    public static string Percent(double share) => Math.Round(share * 100).ToString(CultureInfo.InvariantCulture) + " %";

    public static string Span(Duration? duration) =>
        duration?.ToTimeSpan() switch
        {
            null => "no time",
            { TotalDays: >= 2 } span => Of(span.TotalDays) + " days",
            { TotalHours: >= 2 } span => Of(span.TotalHours) + " hours",
            { TotalMinutes: >= 2 } span => Of(span.TotalMinutes) + " minutes",
            { } span => Of(span.TotalSeconds) + " seconds",
        };
}
