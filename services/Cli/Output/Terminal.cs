using System.Text;

namespace EarlyWarning.Cli.Output;

/// <summary>What the process sees of the world around it, so that a test can run a command line in process.</summary>
public sealed record Terminal
{
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
        };
    }
}
