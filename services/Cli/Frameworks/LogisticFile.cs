using System.Globalization;
using CsvHelper;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Frameworks;

/// <summary>A logistic model as statistics packages write it: a column of variable names and a column of weights for each forecast.</summary>
internal sealed record LogisticFile(double Intercept, IReadOnlyList<(string Variable, double Weight)> Weights)
{
    private const string InterceptName = "(Intercept)";

    public static LogisticFile Read(string path, string column)
    {
        if (!File.Exists(path))
        {
            throw new CliException($"there is no file {path}.");
        }

        using var csv = CsvReader.FromFile(path, CsvReaderOptions.Default with { TrimWhitespace = true, TrackLineNumbers = true });
        csv.ReadHeader();
        string[] header = [.. csv.Headers];
        var at = Array.IndexOf(header, column);
        if (at < 1)
        {
            throw new CliException($"{path} has no column '{column}'. It has: {string.Join(", ", header.Skip(1))}.");
        }

        double? intercept = null;
        var weights = new List<(string, double)>();
        while (csv.Read())
        {
            var variable = csv.GetString(0);
            if (csv.FieldCount <= at || !double.TryParse(csv.GetString(at), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || !double.IsFinite(weight))
            {
                throw new CliException($"{path}, line {csv.LineNumber}: the weight of '{variable}' in column '{column}' is not a number.");
            }

            if (variable == InterceptName)
            {
                intercept = weight;
            }
            else
            {
                weights.Add((variable, weight));
            }
        }

        return intercept is { } constant && weights.Count > 0
            ? new(constant, weights)
            : throw new CliException($"{path} has no row '{InterceptName}', or no other; it needs both.");
    }
}
