using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Reads units that are to be scored: a row a unit, a column an indicator.</summary>
internal static class UnitsFile
{
    public const string Form = """
        The file has a column country, code or uCode, and one for each indicator under its code; NA or empty where there is no value. A
        column CODE:se holds the standard errors of CODE, empty where none is known, which leaves it to the indicator's default error; a
        column group:NAME the unit's group in a grouping. The columns name, uName and Time are passed over.
        """;

    private const string ErrorSuffix = ":se";
    private const string GroupPrefix = "group:";
    private const int MostUnits = 1000;

    private static readonly string[] s_codes = ["country", "code", "uCode"];
    private static readonly string[] s_others = ["name", "uName", "Time"];

    public static async Task<List<UnitValues>> ReadAsync(string path, CancellationToken cancellation)
    {
        var table = await CsvTable.ReadAsync(path, cancellation);
        var code = s_codes.FirstOrDefault(table.Columns.Has) ?? throw new CliException($"{path} has no column country, code or uCode.");
        string[] indicators =
        [
            .. table.Columns.Names.Where(name =>
                name != code
                && !s_others.Contains(name)
                && !name.EndsWith(ErrorSuffix, StringComparison.Ordinal)
                && !name.StartsWith(GroupPrefix, StringComparison.Ordinal)
            ),
        ];
        if (
            table.Columns.Names.FirstOrDefault(name =>
                name.EndsWith(ErrorSuffix, StringComparison.Ordinal) && !indicators.Contains(name[..^ErrorSuffix.Length])
            ) is
            { } stray
        )
        {
            throw new CliException($"{path} has the column '{stray}' and no column '{stray[..^ErrorSuffix.Length]}'.");
        }

        return table.Rows.Count <= MostUnits
            ? [.. table.Rows.Select(row => UnitOf(table, row, code, indicators))]
            : throw new CliException($"{path} has {table.Rows.Count} rows, and at most {MostUnits} are scored at once.");
    }

    private static UnitValues UnitOf(CsvTable table, Row row, string code, string[] indicators)
    {
        var unit = new UnitValues { Code = table.Text(row, code) };
        if (unit.Code.Length == 0)
        {
            throw table.Wrong(row, code, "there is no code. Give the unit's.");
        }

        foreach (var indicator in indicators)
        {
            if (table.Number(row, indicator) is { } value)
            {
                var given = new IndicatorValue { Indicator = indicator, Value = value };
                if (table.Number(row, indicator + ErrorSuffix) is { } error)
                {
                    given.StandardError = error;
                }

                unit.Values.Add(given);
            }
        }

        foreach (var group in table.Columns.Names.Where(name => name.StartsWith(GroupPrefix, StringComparison.Ordinal)))
        {
            if (table.Text(row, group) is { Length: > 0 } name)
            {
                unit.Groups.Add(group[GroupPrefix.Length..], name);
            }
        }

        return unit;
    }
}
