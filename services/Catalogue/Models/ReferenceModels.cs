using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Models;

/// <summary>Turns a reference set, in which the contract keeps columns, into the engine's, which keeps rows, and back.</summary>
internal static class ReferenceModels
{
    /// <summary>Turns a set that keeps to the rules.</summary>
    public static ReferenceSet Set(V1.ReferenceSet given)
    {
        var (rows, columns) = (given.Units.Count, given.Columns.Count);
        var values = new double[rows * columns];
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < rows; row++)
            {
                values[(row * columns) + column] = given.Columns[column].Values[row];
            }
        }

        return new([.. given.Units.Select(Unit)], [.. given.Columns.Select(column => column.Indicator)], values);
    }

    /// <summary>Turns a row, of which the key is its code, or code and year.</summary>
    public static ReferenceUnit Unit(V1.ReferenceUnit unit) =>
        new(
            unit.Code,
            unit.HasYear ? unit.Year : null,
            unit.Groups.Count > 0 ? unit.Groups.ToImmutableDictionary(StringComparer.Ordinal) : null
        );

    /// <summary>Writes a set in the form of the contract.</summary>
    public static V1.ReferenceSet Definition(ReferenceSet set) =>
        new()
        {
            Units = { set.Units.Select(Definition) },
            Columns =
            {
                set.Indicators.Select(indicator => new V1.ReferenceColumn
                {
                    Indicator = indicator,
                    Values = { Enumerable.Range(0, set.Units.Length).Select(row => set[row, indicator]) },
                }),
            },
        };

    private static V1.ReferenceUnit Definition(ReferenceUnit unit)
    {
        var definition = new V1.ReferenceUnit { Code = unit.Code };
        if (unit.Time is { } year)
        {
            definition.Year = year;
        }

        foreach (var (grouping, group) in unit.Groups ?? [])
        {
            definition.Groups.Add(grouping, group);
        }

        return definition;
    }
}
