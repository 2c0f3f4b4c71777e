using System.Globalization;
using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Frameworks;

/// <summary>
/// A logistic model as statistics packages write it: a column of variable names and a column of weights for each forecast.
/// </summary>
/// <param name="Intercept">The constant term.</param>
/// <param name="Weights">The variables that are in the model, in the order of the file.</param>
/// <param name="Dropped">The variables whose weight is NA: R dropped them, because they say nothing that others do not.</param>
internal sealed record LogisticFile(double Intercept, IReadOnlyList<LogisticWeight> Weights, IReadOnlyList<string> Dropped)
{
    private const string InterceptName = "(Intercept)";
    private const string NotThere = "NA";

    /// <summary>Reads the file; the variables' names are in the column named, else in the one that has a row (Intercept).</summary>
    public static async Task<LogisticFile> ReadAsync(string path, string column, string? variables, CancellationToken cancellation)
    {
        var table = await CsvTable.ReadAsync(path, cancellation);
        var at = table.Columns.Needed(column, "which --column names");
        var names = variables is null ? VariablesOf(table, at) : table.Columns.Needed(variables, "which --variables names");
        double? intercept = null;
        var weights = new Dictionary<string, LogisticWeight>(StringComparer.Ordinal);
        var dropped = new List<string>();
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var (variable, text) = (row.Cells[names].Trim(), row.Cells[at].Trim());
            if (!lines.TryAdd(variable, row.Line))
            {
                throw new CliException($"{path}: lines {lines[variable]} and {row.Line} are both of '{variable}'. Leave one out.");
            }

            if (text == NotThere && variable != InterceptName)
            {
                dropped.Add(variable);
                continue;
            }

            if (
                !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
                || !double.IsFinite(weight)
                || !double.IsFinite(Rounding(text))
            )
            {
                throw new CliException(
                    $"{path}, line {row.Line}: the weight of '{variable}' in column '{column}' is not a number. NA says that the "
                        + $"variable is not in the model."
                );
            }

            if (variable == InterceptName)
            {
                intercept = weight;
            }
            else
            {
                weights.Add(variable, new(variable, weight, Rounding(text)));
            }
        }

        return intercept is { } constant && weights.Count > 0
            ? new(constant, [.. weights.Values], dropped)
            : throw new CliException(
                $"{path} has no row '{InterceptName}' in the column of variables, or no other; it needs both. Name the column with "
                    + $"--variables."
            );
    }

    private static int VariablesOf(CsvTable table, int weights)
    {
        int[] places =
        [
            .. Enumerable
                .Range(0, table.Columns.Header.Count)
                .Where(place => place != weights && table.Rows.Any(row => row.Cells[place].Trim() == InterceptName)),
        ];
        return places switch
        {
            [var only] => only,
            [] => throw new CliException(
                $"{table.Path} has no row '{InterceptName}' in any column. Name the column of variables with --variables, and the "
                    + $"constant term so."
            ),
            _ => throw new CliException(
                $"{table.Path} has a row '{InterceptName}' in the columns "
                    + $"{string.Join(", ", places.Select(place => table.Columns.Header[place]))}. Name the one of the variables with "
                    + $"--variables."
            ),
        };
    }

    /// <summary>How far the weight may be from what was rounded to this text: half a unit of its last digit.</summary>
    private static double Rounding(string text)
    {
        var exponent = text.IndexOfAny(['e', 'E']) is >= 0 and var e
            ? double.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : 0;
        var digits = text.IndexOfAny(['e', 'E']) is >= 0 and var end ? text[..end] : text;
        var decimals = digits.IndexOf('.') is >= 0 and var point ? digits.Length - point - 1 : 0;
        return 0.5 * Math.Pow(10, exponent - decimals);
    }
}

/// <summary>A variable's weight.</summary>
/// <param name="Variable">Its name.</param>
/// <param name="Weight">The change of the log-odds per unit.</param>
/// <param name="Rounding">How far it may be from the unrounded one.</param>
internal sealed record LogisticWeight(string Variable, double Weight, double Rounding);
