using System.Globalization;

namespace EarlyWarning.Cli.Output;

/// <summary>Writes CSV as RFC 4180 has it, to a file or, for "-", to where results go.</summary>
internal sealed class CsvOutput : IDisposable
{
    public const string Standard = "-";

    private readonly TextWriter _writer;
    private readonly bool _isOurs;
    private readonly bool _isScreen;

    public CsvOutput(string path, Terminal terminal)
    {
        _isOurs = path != Standard;
        _isScreen = !_isOurs && terminal.IsTerminal;
        _writer = _isOurs ? new StreamWriter(path) { NewLine = "\n" } : terminal.Out;
    }

    /// <summary>A number that reads back to the same bits; NA where there is none.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "NA" : value.ToString("R", CultureInfo.InvariantCulture);

    public void Row(IEnumerable<string> cells) =>
        _writer.WriteLine(string.Join(',', cells.Select(cell => Quoted(_isScreen ? Visible.Of(cell) : cell))));

    public void Dispose()
    {
        if (_isOurs)
        {
            _writer.Dispose();
        }
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
