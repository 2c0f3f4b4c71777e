using EarlyWarning.Catalogue.Models;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Catalogue.Rules;

/// <content>The reference set.</content>
internal sealed partial class FrameworkRules
{
    private const int MostUnits = 2_000;
    private const int MostColumns = 1_000;
    private const int MostValues = 500_000;

    private void CheckReferenceSet(V1.ReferenceSet set, string path)
    {
        var (units, columns) = (set.Units.Count, set.Columns.Count);
        if (units > MostUnits || columns > MostColumns || (long)units * columns > MostValues)
        {
            Add(
                path,
                $"The reference set has {units} units and {columns} columns. Give at most {MostUnits:N0} units, {MostColumns:N0} columns "
                    + $"and {MostValues:N0} values in all."
            );
            return;
        }

        if (set.At is { } at && !IsUsable(at))
        {
            Add($"{path}.at", "The moment is no time from the year 1 to 9999. Put it right, or leave it out.");
        }

        CheckUnits(set.Units, $"{path}.units");
        CheckColumns(set, $"{path}.columns");
    }

    private void CheckUnits(RepeatedField<V1.ReferenceUnit> units, string path)
    {
        if (units.Count == 0)
        {
            Add(path, "The reference set has no units. Give its rows, or leave the set out.");
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < units.Count; i++)
        {
            var (unit, at) = (units[i], $"{path}[{i}]");
            if (!IsUnitCode(unit.Code))
            {
                Add(
                    $"{at}.code",
                    $"'{unit.Code}' is no code of a unit. Use 1 to 64 printable characters without @, and no blank at either end."
                );
            }
            else if (!keys.Add(ReferenceModels.Unit(unit).Key))
            {
                Add(
                    $"{at}.code",
                    $"'{ReferenceModels.Unit(unit).Key}' is there twice. Give each unit once, or rows of one unit a year each."
                );
            }

            if (unit.HasYear != units[0].HasYear || (unit.HasYear && !double.IsFinite(unit.Year)))
            {
                Add($"{at}.year", "Either every unit has a year, a finite number, or none has. Give one, or leave out the others.");
            }

            if (unit.Groups.Any(pair => pair.Key.Length == 0 || pair.Value.Length == 0))
            {
                Add($"{at}.groups", "A grouping or group has no name. Name it, or leave it out.");
            }
        }
    }

    private void CheckColumns(V1.ReferenceSet set, string path)
    {
        if (set.Columns.Count == 0)
        {
            Add(path, "The reference set has no columns. Give one for each indicator, or leave the set out.");
        }

        var indicators = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < set.Columns.Count; i++)
        {
            var (column, at) = (set.Columns[i], $"{path}[{i}]");
            CheckIndicator(column.Indicator, $"{at}.indicator");
            if (!indicators.Add(column.Indicator))
            {
                Add($"{at}.indicator", $"'{column.Indicator}' has two columns. Give each indicator one.");
            }

            if (column.Values.Count != set.Units.Count)
            {
                Add(
                    $"{at}.values",
                    $"There are {column.Values.Count} values for {set.Units.Count} units. Give one for each, NaN where there is none."
                );
            }

            var wrong = column
                .Values.Select((value, row) => (value, row))
                .FirstOrDefault(pair => double.IsInfinity(pair.value), (0, -1))
                .row;
            if (wrong >= 0)
            {
                Add($"{at}.values[{wrong}]", "An infinite value has no place on any scale. Give a finite one, or NaN where there is none.");
            }
        }
    }

    private static bool IsUnitCode(string code) =>
        code.Length is > 0 and <= 64
        && !code.Any(c => char.IsControl(c) || c == '@')
        && !char.IsWhiteSpace(code[0])
        && !char.IsWhiteSpace(code[^1]);

    private static bool IsUsable(Timestamp time) =>
        time.Seconds is >= -62_135_596_800 and <= 253_402_300_799 && time.Nanos is >= 0 and < 1_000_000_000;
}
