using System.Globalization;
using CsvHelper;

namespace EarlyWarning.Cli.Importing;

/// <summary>
/// The rejected rows as they came, with line, column, reason and problem behind them: corrected, it can be imported as it is.
/// </summary>
internal sealed class RejectsFile : IDisposable
{
    /// <summary>Columns of this prefix are ours; an import passes over them.</summary>
    public const string Prefix = "ew_";

    private readonly CsvWriter _csv;
    private readonly HashSet<int> _ours;
    private readonly int _width;
    private readonly HashSet<long> _written = [];
    private Rejection? _open;

    public RejectsFile(string path, IReadOnlyList<string> header)
    {
        _csv = CsvWriter.Create(File.Create(path));
        _width = header.Count;
        _ours =
        [
            .. header.Index().Where(column => column.Item.StartsWith(Prefix, StringComparison.Ordinal)).Select(column => column.Index),
        ];
        WriteRow(header, Prefix + "line", Prefix + "column", Prefix + "reason", Prefix + "problem");
    }

    /// <summary>
    /// Writes a row once, with all that is known to be wrong with it while it is at hand: twice it would be a repeated key when it comes
    /// back.
    /// </summary>
    public void Write(Rejection rejection)
    {
        if (_open is { } open && open.Row.Line == rejection.Row.Line)
        {
            _open = open with
            {
                Column = Joined(open.Column, rejection.Column),
                Reason = Joined(open.Reason, rejection.Reason),
                Problem = Joined(open.Problem, rejection.Problem),
            };
            return;
        }

        Flush();
        _open = _written.Add(rejection.Row.Line) ? rejection : null;
    }

    public void Dispose()
    {
        Flush();
        _csv.Dispose();
    }

    private static string Joined(string one, string other) => one == other || one.Split("; ").Contains(other) ? one : $"{one}; {other}";

    private void Flush()
    {
        if (_open is { } one)
        {
            WriteRow(Fit(one.Row.Cells), one.Row.Line.ToString(CultureInfo.InvariantCulture), one.Column, one.Reason, one.Problem);
        }

        _open = null;
    }

    // A row with too few or too many cells must not push our columns out of their place; nothing of it is lost.
    private IEnumerable<string> Fit(string[] cells) =>
        cells.Length > _width
            ? [.. cells[..(_width - 1)], string.Join(',', cells[(_width - 1)..])]
            : cells.Concat(Enumerable.Repeat("", _width - cells.Length));

    private void WriteRow(IEnumerable<string> cells, params ReadOnlySpan<string> more)
    {
        foreach (var (_, cell) in cells.Index().Where(cell => !_ours.Contains(cell.Index)))
        {
            _csv.WriteField(cell);
        }

        foreach (var cell in more)
        {
            _csv.WriteField(cell);
        }

        _csv.EndRecord();
    }
}
