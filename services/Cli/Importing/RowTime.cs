using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Importing;

/// <summary>Where a row's time stands: in one column, in columns of year, month and day, or in the mapping.</summary>
internal sealed class RowTime
{
    private readonly Timestamp? _constant;
    private readonly int? _column;
    private readonly int? _month;
    private readonly int? _day;
    private readonly Columns _columns;

    /// <param name="mapping">What the mapping says of it.</param>
    /// <param name="columns">The file's columns.</param>
    /// <param name="what">The name of the time in the mapping.</param>
    public RowTime(Mapping.TimeMapping? mapping, Columns columns, string what)
    {
        int? Place(string? name) => name is null ? null : columns.Needed(name, $"which the mapping names for {what}");
        _columns = columns;
        _constant = TimeReader.Constant(mapping);
        (_column, _month, _day) = (Place(mapping?.Column), Place(mapping?.Month), Place(mapping?.Day));
    }

    /// <summary>The columns that it reads.</summary>
    public IEnumerable<int> Places => new[] { _column, _month, _day }.OfType<int>();

    /// <summary>Whether the mapping says any time.</summary>
    public bool IsGiven => _constant is not null || _column is not null;

    /// <summary>The row's time; nothing where the mapping gives none.</summary>
    public Timestamp? Of(Row row) =>
        _column is not { } at ? _constant
        : _month is { } month ? TimeReader.OfParts(Part(row, at), Part(row, month), _day is { } day ? Part(row, day) : null)
        : TimeReader.Cell(row.Cells[at], _columns.Header[at]);

    private (string Text, string Column) Part(Row row, int place) => (row.Cells[place].Trim(), _columns.Header[place]);
}
