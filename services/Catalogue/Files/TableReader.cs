using CsvHelper;

namespace EarlyWarning.Catalogue.Files;

/// <summary>A table of comma-separated values with a header, read row by row; empty lines are none.</summary>
internal sealed class TableReader : IDisposable
{
    // An unclosed quote would otherwise swallow the rest of the file into one cell.
    private const int MostBytesOfARow = 1 << 20;

    private readonly CsvReader _csv;

    /// <summary>Reads the header.</summary>
    /// <exception cref="FormatException">It cannot be read; the message names the line.</exception>
    public TableReader(TextReader text)
    {
        _csv = CsvReader.Create(
            text,
            CsvReaderOptions.Default with
            {
                TrackLineNumbers = true,
                MaxRecordSize = MostBytesOfARow,
            },
            leaveOpen: true
        );
        Header = Guarded(() =>
        {
            _csv.ReadHeader();
            return _csv.Headers.Select(name => Whole(name).Trim()).ToArray();
        });
    }

    /// <summary>Gets the names of the columns; none in an empty file.</summary>
    public string[] Header { get; }

    /// <summary>Reads the rows, each with its line and its cells.</summary>
    /// <exception cref="FormatException">One cannot be read; the message names the line.</exception>
    public IEnumerable<(long Line, string[] Cells)> Rows()
    {
        while (Header.Length > 0 && Guarded(_csv.Read))
        {
            yield return (_csv.LineNumber, [.. Enumerable.Range(0, _csv.FieldCount).Select(i => Whole(_csv.GetString(i)).Trim())]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _csv.Dispose();

    // Figures with a NUL behind them would be read without it.
    private static string Whole(string text) =>
        text.Contains('\0', StringComparison.Ordinal)
            ? throw new FormatException("The table has a NUL in it, which no text has. Save it as UTF-8.")
            : text;

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is CsvFormatException or InvalidDataException)
        {
            throw new FormatException($"Line {Math.Max(1, _csv.LineNumber)}: {exception.Message}", exception);
        }
    }
}
