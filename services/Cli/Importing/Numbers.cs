using System.Globalization;

namespace EarlyWarning.Cli.Importing;

/// <summary>Reads a file's figures, whose decimals follow a point or a comma. Neither sign parts thousands.</summary>
internal sealed class Numbers(string mark = ".")
{
    public double Read(string text, string column) =>
        !TryRead(text, out var number)
            ? throw new RowException(
                column,
                Rejection.InvalidField,
                $"'{text}' is not a number. {Way(text)} Leave the cell empty where nothing was measured."
            )
        : double.IsFinite(number) ? number
        : throw new RowException(
            column,
            Rejection.NotFinite,
            $"'{text}' is not a finite number. Leave the cell empty where nothing was measured."
        );

    public bool TryRead(string text, out double number)
    {
        number = double.NaN;
        if (mark == ",")
        {
            if (text.Contains('.', StringComparison.Ordinal))
            {
                return false;
            }

            text = text.Replace(',', '.');
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private string Way(string text) =>
        mark == "," ? "The mapping says decimal: ',', so write it as 12,5."
        : text.Contains(',', StringComparison.Ordinal) ? "Write it with a point, such as 12.5, or say decimal: ',' in the mapping."
        : "Write it with a point, such as 12.5.";
}
