using System.Globalization;

namespace EarlyWarning.Cli.Importing;

/// <summary>Reads figures.</summary>
internal static class Numbers
{
    public static double Read(string text, string column)
        => !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? throw new RowException(column, Rejection.InvalidField, $"'{text}' is not a number. Write it with a point, such as 12.5; leave the cell empty where nothing was measured.")
            : double.IsFinite(number)
                ? number
                : throw new RowException(column, Rejection.NotFinite, $"'{text}' is not a finite number. Leave the cell empty where nothing was measured.");
}
