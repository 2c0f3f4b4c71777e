using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Explaining;

/// <summary>Figures in sentences: four significant digits, and large ones in full.</summary>
internal static class Figures
{
    public static string Of(double? value) => value is not { } figure ? "no value"
        : Math.Abs(figure) is >= 10_000 and < 1e15 ? Rounded(figure).ToString("N0", CultureInfo.InvariantCulture)
        : figure.ToString("G4", CultureInfo.InvariantCulture);

    public static string Signed(double value) => (value < 0 ? "" : "+") + Of(value);

    public static string Percent(double share) => Math.Round(share * 100).ToString(CultureInfo.InvariantCulture) + " %";

    public static string Span(Duration? duration) => duration?.ToTimeSpan() switch
    {
        null => "no time",
        { TotalDays: >= 2 } span => Of(span.TotalDays) + " days",
        { TotalHours: >= 2 } span => Of(span.TotalHours) + " hours",
        { TotalMinutes: >= 2 } span => Of(span.TotalMinutes) + " minutes",
        { } span => Of(span.TotalSeconds) + " seconds",
    };

    private static double Rounded(double figure)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(figure))) - 3);
        return Math.Round(figure / unit) * unit;
    }
}
