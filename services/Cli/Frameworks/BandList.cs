using System.Globalization;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Frameworks;

/// <summary>Risk levels as they are written on the command line: <c>low=0,high=0.5</c>.</summary>
internal static class BandList
{
    private static readonly string[] s_quarters = ["low", "moderate", "elevated", "high"];

    public static IEnumerable<Band> Parse(string text, string example) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(band => BandOf(band, example));

    /// <summary>Four levels of equal width over a scale; one where it has no ends.</summary>
    public static IEnumerable<Band> Quarters((double Low, double High)? scale) =>
        scale is var (low, high)
            ? s_quarters.Select(
                (level, quarter) =>
                    new Band { Level = level, LowerBound = quarter == 0 ? 0 : low + ((high - low) * quarter / s_quarters.Length) }
            )
            : [new Band { Level = "unrated", LowerBound = 0 }];

    private static Band BandOf(string text, string example) =>
        text.Split('=') is [{ Length: > 0 } level, var bound]
        && double.TryParse(bound, NumberStyles.Float, CultureInfo.InvariantCulture, out var lower)
            ? new() { Level = level, LowerBound = lower }
            : throw new CliException($"--bands: '{text}' is not a level. Write name=lowest score, such as {example}.");
}
