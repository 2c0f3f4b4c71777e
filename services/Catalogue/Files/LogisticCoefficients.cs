using System.Globalization;
using EarlyWarning.Catalogue.Rules;

namespace EarlyWarning.Catalogue.Files;

/// <summary>
/// One column of a table of logistic coefficients in the form that the Early Warning Project publishes: the first column, <c>Variables</c>,
/// names the terms, each further column is one model, and the row <c>(Intercept)</c> holds the constant.
/// </summary>
/// <param name="Intercept">The constant, on the log-odds scale.</param>
/// <param name="Terms">The variables with their coefficients, in the order of the table. A coefficient may be 0: selection left it
/// out.</param>
internal sealed record LogisticCoefficients(double Intercept, IReadOnlyList<(string Variable, double Value)> Terms)
{
    private const string InterceptRow = "(Intercept)";

    /// <summary>Reads one column.</summary>
    /// <exception cref="FormatException">The table is not of this form; the message names the line.</exception>
    public static LogisticCoefficients Read(TextReader text, string column)
    {
        using TableReader table = new(text);
        var header = table.Header;
        if (header.Length < 2 || header[0] != "Variables")
        {
            throw new FormatException("Line 1: the first column must be 'Variables', and one column of coefficients must follow.");
        }

        var at = Array.IndexOf(header, column);
        if (at < 1)
        {
            throw new FormatException($"Line 1: there is no column '{column}'. There are {string.Join(", ", header[1..])}.");
        }

        double? intercept = null;
        var terms = new List<(string, double)>();
        foreach (var (line, cells) in table.Rows())
        {
            if (
                cells.Length <= at
                || !double.TryParse(cells[at], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || !double.IsFinite(value)
            )
            {
                throw new FormatException($"Line {line}: the column '{column}' holds no number.");
            }

            if (cells[0] == InterceptRow)
            {
                intercept = value;
            }
            else if (ResourceForm.IsCode(cells[0]))
            {
                terms.Add((cells[0], value));
            }
            else
            {
                throw new FormatException(
                    $"Line {line}: '{cells[0]}' cannot be an indicator's code: 1 to 64 of a-z, 0-9, dot, hyphen and underscore, a letter "
                        + $"first."
                );
            }
        }

        return new(intercept ?? throw new FormatException($"There is no row '{InterceptRow}'."), terms);
    }

    /// <summary>Makes the indicator of a variable, of which the table says no more than the name.</summary>
    public static V1.Indicator IndicatorOf(string variable) =>
        new()
        {
            Code = variable,
            DisplayName = variable,
            Unit = "as in the data set",
            Definition = $"The predictor {variable} as coded and transformed in the data set that the coefficients were published with.",
            Evidence = "The value in that data set, or one coded by its published rules.",
        };
}
