using System.Globalization;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Coinr.Methods;

/// <summary>A method as it is written on the command line: its name and, behind colons, its parameters.</summary>
internal readonly record struct MethodText(string Option, string Text)
{
    public string Name => Text.Split(':')[0];

    public string[] Parameters => Text.Split(':')[1..];

    /// <summary>The parameters as numbers: none, or as many as the method has.</summary>
    public double[] Numbers(int count)
    {
        var (option, text) = (Option, Text);
        double[] numbers = [.. Parameters.Select(parameter => NumberOf(parameter, option, text))];
        return numbers.Length == 0 || numbers.Length == count
            ? numbers
            : throw new CliException($"{Option}: '{Text}' has {numbers.Length} numbers behind the colon, and '{Name}' takes {count}.");
    }

    public CliException Unknown(string known) => new($"{Option}: '{Text}' is not known. Use {known}.");

    public static double NumberOf(string text, string option, string whole) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new CliException($"{option}: '{text}' in '{whole}' is not a number. Write it with a point, such as 12.5.");

    /// <summary>Two numbers with a colon between them.</summary>
    public static (double First, double Second) Pair(string option, string text, string example) =>
        text.Split(':') is [var first, var second]
            ? (NumberOf(first, option, text), NumberOf(second, option, text))
            : throw new CliException($"{option}: '{text}' was to be two numbers, such as {example}.");
}
