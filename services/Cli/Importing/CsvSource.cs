using System.Runtime.CompilerServices;
using CsvHelper;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>Reads a CSV file row by row, never more of it at once than a buffer.</summary>
internal sealed class CsvSource : IDisposable
{
    private readonly string _path;
    private readonly long _length;
    private readonly CsvReader _csv;

    private CsvSource(string path, CsvReader csv)
    {
        _path = path;
        _length = new FileInfo(path).Length;
        _csv = csv;
        Columns = new(path, [.. csv.Headers.Select(name => name.Trim())]);
    }

    public Columns Columns { get; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    public double Share => _length == 0 ? 1 : (double)_csv.ByteOffset / _length;

    public static CsvSource Open(string path, string? delimiter)
    {
        if (!File.Exists(path))
        {
            throw new CliException($"there is no file {path}.");
        }

        var csv = CsvReader.FromFile(path, CsvReaderOptions.Default with
        {
            Separator = delimiter?[0],
            TrackLineNumbers = true,
            PoolStrings = true,
        });
        try
        {
            csv.ReadHeader();
            return csv.Headers.Count > 0 ? new(path, csv) : throw new CliException($"{path} is empty.");
        }
        catch
        {
            csv.Dispose();
            throw;
        }
    }

    /// <summary>The observations of every row; what cannot be read is rejected in the tally.</summary>
    public async IAsyncEnumerable<Item> ReadAsync(ILayout layout, Tally tally, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in RowsAsync(cancellation))
        {
            tally.Rows++;
            foreach (var item in Items(layout, row, tally))
            {
                yield return item;
            }
        }
    }

    /// <summary>The rows, whatever they hold.</summary>
    public async IAsyncEnumerable<Row> RowsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await NextAsync(cancellation))
        {
            var cells = new string[_csv.FieldCount];
            for (var place = 0; place < cells.Length; place++)
            {
                cells[place] = _csv.GetString(place);
            }

            yield return new(_csv.LineNumber, cells);
        }
    }

    public void Dispose() => _csv.Dispose();

    private async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        try
        {
            return await _csv.ReadAsync(cancellation);
        }
        catch (CsvFormatException error)
        {
            throw new CliException($"{_path}, line {_csv.LineNumber}: {error.Message}");
        }
    }

    private IEnumerable<Item> Items(ILayout layout, Row row, Tally tally)
    {
        try
        {
            return row.Cells.Length == Columns.Names.Count
                ? layout.Read(row, tally)
                : throw new RowException("", Rejection.InvalidField, $"the row has {row.Cells.Length} cells and the header {Columns.Names.Count}. Check its quotes and commas.");
        }
        catch (RowException error)
        {
            tally.Reject(new(row, error.Column, error.Reason, error.Message, layout.ValuesOf(row)));
            return [];
        }
    }
}
