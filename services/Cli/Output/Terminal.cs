using System.Text;
using System.Threading.Channels;

namespace EarlyWarning.Cli.Output;

/// <summary>What the process sees of the world around it, so that a test can run a command line in process.</summary>
public sealed record Terminal
{
    private static readonly string[] s_locale = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>Takes results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Takes errors, notes and the progress bar.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Gives the time and times waits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = _ => null;

    /// <summary>Results go to a person's screen: colours, and lines no wider than it.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Errors go to a person's screen: a progress bar may move there.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>The screen's width in characters.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Reads the screen's size in characters, as it is now.</summary>
    public Func<(int Width, int Height)> Size { get; init; } = () => (120, 40);

    /// <summary>Gives the keys that a person types, from its call on; <see langword="null"/> where nobody types.</summary>
    public Func<ChannelReader<ConsoleKeyInfo>>? Keys { get; init; }

    /// <summary>The screen shows more than ASCII, by the locale.</summary>
    public bool IsUnicode =>
        OperatingSystem.IsWindows()
        || (s_locale.Select(Environment).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "")
            .Replace("-", "", StringComparison.Ordinal)
            .Contains("utf8", StringComparison.OrdinalIgnoreCase);

    /// <summary>The screen can move its cursor.</summary>
    public bool CanMove => IsTerminal && Environment("TERM") != "dumb";

    /// <summary>The screen shows colours, and its user wants them.</summary>
    public bool HasColours => CanMove && string.IsNullOrEmpty(Environment("NO_COLOR"));

    /// <summary>Says what is no result, with nothing in it that a screen would obey.</summary>
    public void Complain(string text) => Error.WriteLine(Visible.Lines(text));

    /// <summary>The process's own.</summary>
    public static Terminal OfThisProcess()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new()
        {
            Out = Console.Out,
            Error = Console.Error,
            Environment = System.Environment.GetEnvironmentVariable,
            IsTerminal = !Console.IsOutputRedirected,
            IsErrorTerminal = !Console.IsErrorRedirected,
            Width = Console.IsOutputRedirected ? 120 : Math.Max(40, Console.WindowWidth),
            Size = () => (Console.WindowWidth, Console.WindowHeight),
            Keys = Console.IsInputRedirected ? null : TypedKeys,
        };
    }

    // The console's read cannot be broken off, so it has a thread of its own that ends with the process.
    private static ChannelReader<ConsoleKeyInfo> TypedKeys()
    {
        var keys = Channel.CreateUnbounded<ConsoleKeyInfo>();
        new Thread(() =>
        {
            try
            {
                while (keys.Writer.TryWrite(Console.ReadKey(intercept: true))) { }
            }
            catch (InvalidOperationException)
            {
                // The terminal is gone: nobody types any more.
                keys.Writer.Complete();
            }
        })
        {
            IsBackground = true,
        }.Start();
        return keys.Reader;
    }
}
