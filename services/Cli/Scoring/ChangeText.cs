using System.Globalization;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>
/// Reads a change as it is written on the command line: <c>displacement=1200</c>, <c>displacement=1200+-50</c>, <c>displacement=none</c>.
/// </summary>
internal static class ChangeText
{
    public static WhatIfRequest.Types.Change Parse(string text)
    {
        if (text.Split('=', 2) is not [{ Length: > 0 } indicator, { Length: > 0 } value])
        {
            throw new CliException(
                $"--set: '{text}' was to be an indicator, = and a value, such as displacement=1200, or none for no value."
            );
        }

        var change = new WhatIfRequest.Types.Change { Indicator = indicator };
        if (value == "none")
        {
            return change;
        }

        var parts = value.Split("+-");
        change.Value = NumberOf(parts[0], text);
        switch (parts)
        {
            case [_]:
                break;
            case [_, var error]:
                change.StandardError = NumberOf(error, text);
                break;
            default:
                throw new CliException($"--set: '{text}' has more than one standard error.");
        }

        return change;
    }

    private static double NumberOf(string number, string text) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new CliException(
                $"--set: '{number}' in '{text}' is not a number. Write it with a point, such as 12.5, or none for no value."
            );
}
