using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Says what a result was computed from.</summary>
internal static class Computed
{
    public static void Print(Printer print, Computation? computation)
    {
        if (computation is null)
        {
            return;
        }

        string[] parts =
        [
            computation.Framework,
            computation.CountryCount > 0 ? $"{Wording.Count(computation.CountryCount)} {(computation.CountryCount == 1 ? "country" : "countries")}" : "",
            computation.Draws > 0 ? $"{Wording.Count(computation.Draws)} draws with seed {computation.Seed}" : "",
            computation.Cached ? "kept from before" : "",
            $"key {computation.Key}",
        ];
        print.Line(new Cell(string.Join(", ", parts.Where(part => part.Length > 0)), Tone.Dim));
    }
}
