using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Spectre.Console;

namespace EarlyWarning.Cli.Output;

/// <summary>Prints results: for people as text and tables, for programs as proto JSON, one object a line.</summary>
internal sealed class Printer
{
    // What is piped into another program is never broken at a screen's width.
    private const int UnboundedWidth = 10_000;

    /// <summary>Knows the details that an error may carry.</summary>
    private static readonly JsonFormatter s_json = new(
        JsonFormatter.Settings.Default.WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor))
    );

    private readonly Terminal _terminal;
    private readonly IAnsiConsole _out;

    public Printer(Terminal terminal, bool json)
    {
        _terminal = terminal;
        Json = json;
        _out = ConsoleOn(terminal, terminal.Out, terminal.IsTerminal);
        Notes = ConsoleOn(terminal, terminal.Error, terminal.IsErrorTerminal);
    }

    public bool Json { get; }

    /// <summary>The console for what is not a result: the progress bar.</summary>
    public IAnsiConsole Notes { get; }

    public bool ShowsProgress => _terminal.IsErrorTerminal && !Json;

    public void Object(IMessage message) => _terminal.Out.WriteLine(s_json.Format(message));

    public void Objects(IEnumerable<IMessage> messages)
    {
        foreach (var message in messages)
        {
            Object(message);
        }
    }

    public void RawJson(string json) => _terminal.Out.WriteLine(json);

    public void Line(params ReadOnlySpan<Cell> parts)
    {
        var paragraph = new Paragraph();
        foreach (var part in parts)
        {
            paragraph.Append(Visible.Lines(part.Text), StyleOf(part.Tone));
        }

        _out.Write(paragraph);
        _out.WriteLine();
    }

    /// <summary>Says something that is not a result.</summary>
    public void Note(string text) => _terminal.Complain(text);

    public void Table(IReadOnlyList<Column> columns, IEnumerable<Cell[]> rows)
    {
        var table = new TableText(columns, rows);
        if (!_terminal.IsTerminal)
        {
            foreach (var line in table.Piped())
            {
                _terminal.Out.WriteLine(line);
            }

            return;
        }

        foreach (var line in table.OnScreen(_terminal.Width))
        {
            Line([.. line]);
        }
    }

    private static Style StyleOf(Tone tone) =>
        tone switch
        {
            Tone.Good => new Style(Color.Green),
            Tone.Warn => new Style(Color.Yellow),
            Tone.Bad => new Style(Color.Red),
            Tone.Dim => new Style(Color.Grey),
            _ => Style.Plain,
        };

    private static IAnsiConsole ConsoleOn(Terminal terminal, TextWriter writer, bool isTerminal)
    {
        var ansi = isTerminal && terminal.Environment("TERM") != "dumb";
        var colours = ansi && string.IsNullOrEmpty(terminal.Environment("NO_COLOR"));
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = ansi ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = ansi ? InteractionSupport.Yes : InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = isTerminal ? terminal.Width : UnboundedWidth;
        return console;
    }
}
