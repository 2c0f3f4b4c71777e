using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>Creates the indicators of a file that the suite does not know yet.</summary>
internal static class NewIndicators
{
    private const int MostAtOnce = 1000;

    /// <summary>Gives the codes that were created, or in a dry run would be.</summary>
    /// <param name="suite">Where they are created.</param>
    /// <param name="units">The file's indicators, each with the units that its rows name.</param>
    /// <param name="source">Whose variables they are.</param>
    /// <param name="unit">The unit of those whose rows name none.</param>
    /// <param name="dryRun">Check them and create none.</param>
    /// <param name="cancellation">Breaks it off.</param>
    public static async Task<IReadOnlyList<string>> CreateAsync(
        SuiteConnection suite,
        IReadOnlyDictionary<string, HashSet<string>> units,
        string source,
        string unit,
        bool dryRun,
        CancellationToken cancellation
    )
    {
        var known = await KnownIndicators.ReadAsync(suite, cancellation);
        string[] missing = [.. units.Keys.Where(code => !known.ContainsKey(code))];
        foreach (var some in missing.Chunk(MostAtOnce))
        {
            await suite.Catalogue.CreateIndicatorsAsync(
                new()
                {
                    Indicators =
                    {
                        some.Select(code => new V1.Indicator
                        {
                            Code = code,
                            DisplayName = code,
                            Definition = $"The variable {code} of {source}, as its authors prepared it.",
                            Unit = UnitOf(code, units[code]) ?? unit,
                        }),
                    },
                    ValidateOnly = dryRun,
                },
                cancellationToken: cancellation
            );
        }

        return missing;
    }

    private static string? UnitOf(string code, HashSet<string> units) =>
        units.Count < 2
            ? units.SingleOrDefault()
            : throw new CliException(
                $"the file has {code} in {string.Join(" and in ", units.Order(StringComparer.Ordinal))}, and an indicator has one unit. "
                    + $"Correct the rows, or create it with `ew indicators create`."
            );
}
