using System.Collections.Immutable;
using System.Globalization;

namespace EarlyWarning.Catalogue.States;

/// <summary>Reads the table of countries, <c>countries.txt</c>, whose head says what its columns are.</summary>
internal static class CountryTable
{
    private const int Columns = 9;

    public static IReadOnlyList<CountryInfo> Read()
    {
        using var stream = typeof(CountryTable).Assembly.GetManifestResourceStream("countries.txt")
            ?? throw new InvalidOperationException("The table of countries is not in the assembly.");
        using var text = new StreamReader(stream);
        var rows = text.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split('|'))
            .ToList();
        return [.. rows.Select(row => Country(row, rows))];
    }

    private static CountryInfo Country(string[] row, List<string[]> rows)
    {
        if (row.Length != Columns)
        {
            throw new InvalidOperationException(
                $"The row of '{row[0]}' in the table of countries has {row.Length} columns and not {Columns}."
            );
        }

        return new(row[0], row[3], [.. Codes(row)], Years(row[6]), Successors(row), [.. Predecessors(row, rows)]);
    }

    private static IEnumerable<CountryCode> Codes(string[] row)
    {
        foreach (
            var (system, column) in new[]
            {
                (V1.CodeSystem.Alpha2, 1),
                (V1.CodeSystem.M49, 2),
                (V1.CodeSystem.Cow, 4),
                (V1.CodeSystem.GleditschWard, 5),
            }
        )
        {
            foreach (var code in row[column].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return code.Split('@') is [var value, var span]
                    ? new(system, value, Span(span))
                    : new(system, code, YearSpan.Unbounded);
            }
        }

        foreach (var name in row[8].Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            yield return new(V1.CodeSystem.Name, name, YearSpan.Unbounded);
        }
    }

    private static ImmutableArray<YearSpan> Years(string cell) => [.. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Span)];

    private static YearSpan Span(string text)
    {
        var ends = text.Split('-');
        return new(Year(ends[0], int.MinValue), Year(ends[1], int.MaxValue));
    }

    private static int Year(string text, int open) => text.Length > 0 ? int.Parse(text, CultureInfo.InvariantCulture) : open;

    private static ImmutableArray<string> Successors(string[] row) =>
        row[7].StartsWith('<') ? [] : [.. row[7].Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static IEnumerable<string> Predecessors(string[] row, List<string[]> rows) =>
        (row[7].StartsWith('<') ? [row[7][1..]] : Enumerable.Empty<string>())
            .Concat(rows.Where(other => Successors(other).Contains(row[0])).Select(other => other[0]))
            .Order(StringComparer.Ordinal);
}
