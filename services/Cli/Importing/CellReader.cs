using System.Globalization;
using EarlyWarning.Yaml;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Importing;

/// <summary>Reads the cells of values as the mapping says.</summary>
internal sealed class CellReader(Mapping mapping)
{
    private readonly HashSet<string> _missing = [.. mapping.Missing];
    private readonly Numbers _numbers = new(mapping.Decimal);

    /// <summary>A missing cell matters: it is a part of what several rows come to.</summary>
    public bool KeepsMissing { get; } = mapping.Repeated is not (null or Mapping.Count);

    public bool IsMissing(string text) => _missing.Contains(text);

    /// <summary>A cell's figure; 1 where rows are counted, whatever they hold.</summary>
    public double Value(string text, string column) => mapping.Repeated == Mapping.Count ? 1 : Number(text, column);

    public double Number(string text, string column) => _numbers.Read(text, column);

    public static long Whole(string text, string column) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new RowException(column, Rejection.InvalidField, $"'{text}' is not a whole number.");

    public static Duration? Span(string text, string column) =>
        text == "0" ? null
        : Spans.TryParse(text, out var span) ? Duration.FromTimeSpan(span)
        : throw new RowException(
            column,
            Rejection.InvalidField,
            $"'{text}' is not a span of time. Write a number and a unit, such as 90d."
        );
}
