using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Says what a result was computed from.</summary>
internal static class Computed
{
    /// <summary>Says of how many countries a ranking is, as of which catalogue.</summary>
    public static string Ranking(RankCountriesResponse page) =>
        $"{DisplayText.Countries(page.RankedCount)} ranked, {DisplayText.Count(page.InsufficientCount)} with insufficient data, "
        + $"at catalogue revision {page.CatalogueRevision}";

    /// <summary>Says among how many countries a rank is, as of which catalogue.</summary>
    public static string Rank(int rank, int ranked, long catalogue) =>
        $"rank {rank} among {DisplayText.Countries(ranked)} with a rank, at catalogue revision {catalogue}";

    public static void Print(Printer print, Computation? computation)
    {
        if (computation is null)
        {
            return;
        }

        string[] parts =
        [
            computation.Framework,
            computation.CountryCount > 0
                ? $"{DisplayText.Countries(computation.CountryCount)} at catalogue revision {computation.CatalogueRevision}"
                : "",
            computation.Draws > 0 ? $"{DisplayText.Count(computation.Draws)} draws with seed {computation.Seed}" : "",
            computation.Cached ? "kept from before" : "",
            $"key {computation.Key}",
        ];
        print.Line(new Cell(string.Join(", ", parts.Where(part => part.Length > 0)), Tone.Dim));
    }
}
