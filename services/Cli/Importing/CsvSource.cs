using System.Runtime.CompilerServices;
using CsvHelper;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>
/// Reads a CSV file row by row, never more of it at once than a buffer. A row of HXL tags under the header gives names and is no row.
/// </summary>
internal sealed class CsvSource : IDisposable
{
    // An unclosed quote would otherwise swallow the rest of the file into memory.
    private const int MostBytesOfARow = 16 << 20;

    // What stands in the place of bytes that are not UTF-8. Nor is a NUL in any text; figures before one would be read without it.
    private const char NotReadable = '\uFFFD';

    private readonly string _path;
    private readonly InputFile _file;
    private readonly CsvReader _csv;
    private Row? _first;

    private CsvSource(string path, InputFile file, CsvReader csv)
    {
        _path = path;
        _file = file;
        _csv = csv;
        Columns = new(path, [.. csv.Headers.Select(name => Readable(name).Trim())]);
        if (Next() is { } first)
        {
            if (Columns.AreTags(first.Cells))
            {
                Columns.Take(first.Cells);
            }
            else
            {
                _first = first;
            }
        }
    }

    public Columns Columns { get; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    public double Share => _file.Share;

    public static CsvSource Open(string path, string? delimiter)
    {
        var file = InputFile.Open(path);
        CsvReader? csv = null;
        try
        {
            csv = CsvReader.Create(
                file.Content,
                CsvReaderOptions.Default with
                {
                    Separator = delimiter?[0],
                    TrackLineNumbers = true,
                    PoolStrings = true,
                    MaxRecordSize = MostBytesOfARow,
                }
            );
            csv.ReadHeader();
            return csv.Headers.Count > 0 ? new(path, file, csv) : throw new CliException($"{path} is empty.");
        }
        catch (Exception error)
        {
            csv?.Dispose();
            file.Dispose();
            throw error is CsvFormatException or InvalidDataException ? new CliException($"{path}: {error.Message}") : error;
        }
    }

    /// <summary>The observations of every row that the filter chooses; what cannot be read is rejected in the tally.</summary>
    public async IAsyncEnumerable<Item> ReadAsync(
        ILayout layout,
        RowFilter filter,
        Tally tally,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await foreach (var row in RowsAsync(cancellation))
        {
            tally.Rows++;
            foreach (var item in Items(layout, filter, row, tally))
            {
                yield return item;
            }
        }
    }

    /// <summary>The rows, whatever they hold.</summary>
    public async IAsyncEnumerable<Row> RowsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (_first is { } first)
        {
            _first = null;
            yield return first;
        }

        while (await NextAsync(cancellation))
        {
            yield return Present();
        }
    }

    /// <summary>What is wrong with a row's shape; nothing where it has the header's.</summary>
    public static string? FaultOf(Row row, Columns columns)
    {
        if (row.Cells.Length != columns.Header.Count)
        {
            return $"the row has {row.Cells.Length} cells and the header {columns.Header.Count}. Check its quotes and commas.";
        }

        // A first column without a name holds row numbers, as R writes them.
        for (var place = 1; place < row.Cells.Length; place++)
        {
            if (columns.Header[place].Length == 0 && row.Cells[place].Trim().Length > 0)
            {
                return $"'{row.Cells[place].Trim()}' stands in column {place + 1}, which has no name in the header.";
            }
        }

        return null;
    }

    public void Dispose()
    {
        _csv.Dispose();
        _file.Dispose();
    }

    private Row Present()
    {
        var cells = new string[_csv.FieldCount];
        for (var place = 0; place < cells.Length; place++)
        {
            cells[place] = Readable(_csv.GetString(place));
        }

        return new(_csv.LineNumber, cells);
    }

    private string Readable(string text) =>
        !text.AsSpan().ContainsAny(NotReadable, '\0')
            ? text
            : throw new CliException($"{_path}, line {Math.Max(1, _csv.LineNumber)}: '{text}' is not UTF-8. Save the file as UTF-8.");

    private Row? Next()
    {
        try
        {
            return _csv.Read() ? Present() : null;
        }
        catch (Exception error) when (error is CsvFormatException or InvalidDataException)
        {
            throw Broken(error);
        }
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        try
        {
            return await _csv.ReadAsync(cancellation);
        }
        catch (Exception error) when (error is CsvFormatException or InvalidDataException)
        {
            throw Broken(error);
        }
    }

    private CliException Broken(Exception error) => new($"{_path}, line {_csv.LineNumber}: {error.Message}");

    private IEnumerable<Item> Items(ILayout layout, RowFilter filter, Row row, Tally tally)
    {
        try
        {
            if (FaultOf(row, Columns) is { } fault)
            {
                throw new RowException("", Rejection.InvalidField, fault);
            }

            if (filter.Chooses(row))
            {
                return layout.Read(row, tally);
            }

            tally.LeftOut++;
            return [];
        }
        catch (RowException error)
        {
            tally.Reject(new(row, error.Column, error.Reason, error.Message, layout.ValuesOf(row)));
            return [];
        }
    }
}
