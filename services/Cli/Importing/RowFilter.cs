using System.Globalization;
using System.Text.RegularExpressions;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>
/// Chooses rows by conditions such as <c>type_of_violence = 1</c>. Each is a column's name, a sign and a value: <c>=</c> and <c>!=</c>
/// compare text as it stands, <c>&lt; &lt;= &gt; &gt;=</c> compare figures, <c>in [a, b]</c> and <c>not in [a, b]</c> look a text up. A
/// value or a column in double
/// quotes may hold anything; <c>""</c> is the empty cell. Conditions are asked in order, and one that does not hold ends the asking.
/// </summary>
internal sealed partial class RowFilter
{
    public const string Language = "Write a column, one of = != < <= > >= in [a, b] or not in [a, b], and a value, such as: type = 1";

    private const int MostCharacters = 1_000;

    private readonly List<Condition> _conditions = [];
    private readonly Numbers _numbers;

    public RowFilter(Mapping mapping, Columns columns)
    {
        _numbers = new(mapping.Decimal);
        foreach (var text in mapping.Where)
        {
            var condition = Read(text);
            _conditions.Add(condition with { Place = columns.Needed(condition.Column, $"which where '{text}' names") });
        }
    }

    /// <summary>Whether a row is meant. Throws where it cannot be told, because a cell to be compared holds no figure.</summary>
    public bool Chooses(Row row)
    {
        foreach (var condition in _conditions)
        {
            if (!Holds(condition, row.Cells[condition.Place].Trim()))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Why a text is no condition; <see langword="null"/> where it is one.</summary>
    public static string? FaultOf(string text)
    {
        try
        {
            Read(text);
            return null;
        }
        catch (CliException error)
        {
            return error.Message;
        }
    }

    /// <summary>Reads one condition. Throws what is not of the language.</summary>
    public static Condition Read(string text)
    {
        if (text.Length > MostCharacters)
        {
            throw new CliException(
                $"a condition under where has {DisplayText.Count(text.Length)} characters; at most {DisplayText.Count(MostCharacters)} "
                    + $"are read. "
                    + $"Use several conditions, or choose the rows before."
            );
        }

        var parts = Form().Match(text);
        if (!parts.Success)
        {
            throw new CliException($"where '{text}' is not a condition. {Language}.");
        }

        var (sign, value) = (Spaces().Replace(parts.Groups["sign"].Value, " "), parts.Groups["value"].Value.Trim());
        var isList = value.StartsWith('[') && value.EndsWith(']');
        var takesList = sign.EndsWith("in", StringComparison.Ordinal);
        if (isList != takesList)
        {
            throw new CliException(
                $"where '{text}': '{sign}' takes {(takesList ? "a list, such as [a, b]" : "one value, not a list; use in or not in")}. "
                    + $"{Language}."
            );
        }

        string[] values = isList ? [.. Item().Matches(value[1..^1]).Select(item => Unquoted(item.Value.Trim()))] : [Unquoted(value)];
        if (sign[0] is '<' or '>' && !double.TryParse(values[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            throw new CliException($"where '{text}': '{sign}' compares figures, and '{values[0]}' is none.");
        }

        return values.Length > 0
            ? new(Unquoted(parts.Groups["column"].Value.Trim()), sign == "==" ? "=" : sign, values, text)
            : throw new CliException($"where '{text}' has an empty list.");
    }

    private bool Holds(Condition condition, string cell) =>
        condition.Sign switch
        {
            "=" or "in" => condition.Values.Contains(cell),
            "!=" or "not in" => !condition.Values.Contains(cell),
            _ => Compares(condition, cell),
        };

    private bool Compares(Condition condition, string cell)
    {
        var wanted = double.Parse(condition.Values[0], CultureInfo.InvariantCulture);
        var value =
            _numbers.TryRead(cell, out var number) && double.IsFinite(number)
                ? number
                : throw new RowException(
                    condition.Column,
                    Rejection.InvalidField,
                    $"'{cell}' is not a number, so where '{condition.Text}' cannot be told. Leave such rows out before, such as with: "
                        + $"{condition.Column} != \"{cell}\""
                );
        return condition.Sign switch
        {
            "<" => value < wanted,
            "<=" => value <= wanted,
            ">" => value > wanted,
            _ => value >= wanted,
        };
    }

    private static string Unquoted(string text) => text.Length > 1 && text.StartsWith('"') && text.EndsWith('"') ? text[1..^1] : text;

    [GeneratedRegex(
        """^\s*(?<column>"[^"]+"|.+?)\s+(?<sign>==?|!=|<=|>=|<|>|not\s+in|in)\s+(?<value>.+)$""",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Form();

    [GeneratedRegex("""\s*(?:"[^"]*"|[^,]+)""")]
    private static partial Regex Item();

    [GeneratedRegex("""\s+""")]
    private static partial Regex Spaces();

    /// <summary>One condition of a row.</summary>
    internal sealed record Condition(string Column, string Sign, string[] Values, string Text)
    {
        public int Place { get; init; }
    }
}
