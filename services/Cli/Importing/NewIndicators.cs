using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Frameworks;

namespace EarlyWarning.Cli.Importing;

/// <summary>Creates the indicators of a wide file that the suite does not know yet.</summary>
internal static class NewIndicators
{
    private const int MostAtOnce = 1000;

    /// <summary>Gives the codes that were created, or in a dry run would be.</summary>
    public static async Task<IReadOnlyList<string>> CreateAsync(
        Suite suite, WideLayout layout, string source, Mapping.IndicatorMapping mapping, bool dryRun, CancellationToken cancellation)
    {
        var known = await KnownIndicators.ReadAsync(suite, cancellation);
        string[] missing = [.. layout.Indicators.Where(code => !known.ContainsKey(code))];
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
                            Unit = mapping.Unit,
                        }),
                    },
                    ValidateOnly = dryRun,
                },
                cancellationToken: cancellation);
        }

        return missing;
    }
}
