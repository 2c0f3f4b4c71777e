using EarlyWarning.V1;

namespace EarlyWarning.Cli.Connection;

/// <summary>The indicators that the suite knows.</summary>
internal static class KnownIndicators
{
    private const int LargestPage = 1000;

    /// <summary>All of them, by code.</summary>
    public static async Task<Dictionary<string, Indicator>> ReadAsync(SuiteConnection suite, CancellationToken cancellation)
    {
        var indicators = await Pages.ReadAsync<Indicator>(int.MaxValue, LargestPage, async (size, token) =>
        {
            var page = await suite.Catalogue.ListIndicatorsAsync(
                new() { PageSize = size, PageToken = token },
                cancellationToken: cancellation
            );
            return (page.Indicators, page.NextPageToken);
        });
        return indicators.ToDictionary(indicator => indicator.Code, StringComparer.Ordinal);
    }
}
