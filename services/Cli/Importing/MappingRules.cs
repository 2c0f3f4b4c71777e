using System.ComponentModel.DataAnnotations;
using EarlyWarning.Yaml;

namespace EarlyWarning.Cli.Importing;

/// <summary>What has to hold of a mapping's keys together.</summary>
internal static class MappingRules
{
    /// <summary>What is wrong, each with the key where it is.</summary>
    public static IEnumerable<ValidationResult> FaultsOf(Mapping mapping) =>
        [.. OfCells(mapping), .. OfTime("time", mapping.Time), .. OfTime("known-at", mapping.KnownAt ?? new()), .. OfLayout(mapping)];

    private static IEnumerable<ValidationResult> OfCells(Mapping mapping)
    {
        if (!CountryKeys.Systems.ContainsKey(mapping.Country.Code))
        {
            yield return At(
                "country.code",
                $"'{mapping.Country.Code}' is no system of codes. Use {string.Join(", ", CountryKeys.Systems.Keys)}; codes of the file's "
                    + $"own "
                    + "go into country.map."
            );
        }

        if (mapping.Decimal == "," && mapping.Delimiter == ",")
        {
            yield return At("decimal", "decimal and delimiter are both ','.");
        }

        if (mapping.Repeated is { } repeated && !Combination.Kinds.Contains(repeated))
        {
            yield return At(
                "repeated",
                $"'{repeated}' is no combination. Use {string.Join(", ", Combination.Kinds)}, or leave it out, and several rows of one key "
                    + "are refused."
            );
        }

        foreach (var (i, condition) in mapping.Where.Index())
        {
            if (RowFilter.FaultOf(condition) is { } fault)
            {
                yield return At($"where[{i}]", fault);
            }
        }
    }

    private static IEnumerable<ValidationResult> OfTime(string name, Mapping.TimeMapping time)
    {
        if (new object?[] { time.Column, time.Year, time.Date }.Count(part => part is not null) > 1)
        {
            yield return At(name, "Give one of column, year and date.");
        }

        if (time.Month is not null && time.Column is null)
        {
            yield return At($"{name}.month", $"{name}.month needs {name}.column, the column of the year.");
        }

        if (time.Day is not null && time.Month is null)
        {
            yield return At($"{name}.day", $"{name}.day needs {name}.month.");
        }

        if (time.Date is { } date && !Moments.TryParse(date, out _))
        {
            yield return At($"{name}.date", $"'{date}' is not a time. Write 2021-12-31 or 2021-12-31T00:00:00Z.");
        }
    }

    private static IEnumerable<ValidationResult> OfLayout(Mapping mapping)
    {
        if (mapping.Layout == Mapping.LongLayout)
        {
            if (mapping.Indicators.Columns.Count + mapping.Indicators.Except.Count > 0)
            {
                yield return At(
                    "indicators",
                    "indicators.columns and indicators.except are of the wide layout. In the long one choose rows, such as with: where: "
                        + "[\"indicator in [deaths, displaced]\"]."
                );
            }

            yield break;
        }

        if (mapping.Country.Column is null)
        {
            yield return At("country", "country.column is missing.");
        }

        if (mapping.Columns.Keys.Any(name => name is not ("revision" or "horizon")))
        {
            yield return At(
                "columns",
                "columns has more than revision and horizon, which is all that the wide layout takes from there. Country, time, source and "
                    + "indicators have keys of their own."
            );
        }

        if (mapping.Time is { Column: null, Year: null, Date: null })
        {
            yield return At("time", "time needs a column, a year or a date.");
        }
    }

    private static ValidationResult At(string key, string message) => new(message, [key]);
}
