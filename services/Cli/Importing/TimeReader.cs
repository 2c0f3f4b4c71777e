using System.Globalization;
using EarlyWarning.Yaml;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Importing;

/// <summary>
/// Reads the time of a row. A year and a month stand for their last day, 00:00 UTC, when their figures hold.
/// </summary>
internal static class TimeReader
{
    public static Timestamp? Constant(Mapping.TimeMapping? mapping) =>
        mapping?.Year is { } year ? EndOf(year, 12)
        : mapping?.Date is { } date && Moments.TryParse(date, out var time) ? Timestamp.FromDateTimeOffset(time)
        : null;

    public static Timestamp Cell(string cell, string column)
    {
        var text = cell.Trim();
        if (TryYear(text, out var year))
        {
            return EndOf(year, 12);
        }

        if (DateTime.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            return EndOf(month.Year, month.Month);
        }

        return Moments.TryParse(text, out var time)
            ? Timestamp.FromDateTimeOffset(time)
            : throw new RowException(
                column,
                Rejection.InvalidField,
                $"'{text}' is not a time. Write a year, 2021-12, 2021-12-31 or 2021-12-31T00:00:00Z."
            );
    }

    /// <summary>The time of a year and a month, and a day where there is one.</summary>
    public static Timestamp OfParts(
        (string Text, string Column) year,
        (string Text, string Column) month,
        (string Text, string Column)? day
    )
    {
        var y = TryYear(year.Text, out var number) ? number : throw Wrong(year, "a year of four figures");
        var m = Whole(month, 1, 12, "a month, 1 to 12");
        return day is { } part ? Stamp(y, m, Whole(part, 1, DateTime.DaysInMonth(y, m), $"a day of {y}-{m:00}")) : EndOf(y, m);
    }

    private static int Whole((string Text, string Column) part, int least, int most, string what) =>
        int.TryParse(part.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(part, what);

    private static RowException Wrong((string Text, string Column) part, string what) =>
        new(part.Column, Rejection.InvalidField, $"'{part.Text}' is not {what}.");

    private static bool TryYear(string text, out int year) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out year) && text.Length == 4 && year > 0;

    private static Timestamp EndOf(int year, int month) => Stamp(year, month, DateTime.DaysInMonth(year, month));

    private static Timestamp Stamp(int year, int month, int day) =>
        Timestamp.FromDateTimeOffset(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero));
}
