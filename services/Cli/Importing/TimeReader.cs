using System.Globalization;
using EarlyWarning.Cli.Connection;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Importing;

/// <summary>Reads the time of a row. A year stands for its end, when a year's figures hold: 31 December, 00:00 UTC.</summary>
internal static class TimeReader
{
    public static Timestamp? Constant(Mapping.TimeMapping? mapping)
        => mapping?.Year is { } year ? EndOf(year)
        : mapping?.Date is { } date && Moments.TryTime(date, out var time) ? Timestamp.FromDateTimeOffset(time)
        : null;

    public static Timestamp Cell(string cell, string column)
    {
        var text = cell.Trim();
        if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 0)
        {
            return EndOf(year);
        }

        return Moments.TryTime(text, out var time)
            ? Timestamp.FromDateTimeOffset(time)
            : throw new RowException(column, Rejection.InvalidField, $"'{text}' is not a time. Write a year, 2021-12-31 or 2021-12-31T00:00:00Z.");
    }

    private static Timestamp EndOf(int year) => Timestamp.FromDateTimeOffset(new DateTimeOffset(year, 12, 31, 0, 0, 0, TimeSpan.Zero));
}
