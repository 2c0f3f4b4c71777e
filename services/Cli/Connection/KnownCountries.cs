using EarlyWarning.V1;

namespace EarlyWarning.Cli.Connection;

/// <summary>The countries that the suite knows.</summary>
internal static class KnownCountries
{
    public const int LargestPage = 1000;

    /// <summary>All of them.</summary>
    public static Task<List<Country>> ReadAsync(SuiteConnection suite, CancellationToken cancellation) =>
        Pages.ReadAsync(int.MaxValue, LargestPage, PageOf(suite, [], cancellation));

    /// <summary>Reads a page, of some countries or of all.</summary>
    public static Func<int, string, Task<(IEnumerable<Country> Items, string Next)>> PageOf(
        SuiteConnection suite,
        string[] only,
        CancellationToken cancellation
    ) =>
        async (size, token) =>
        {
            var page = await suite.Risks.ListCountriesAsync(
                new()
                {
                    Countries = { only },
                    PageSize = size,
                    PageToken = token,
                },
                cancellationToken: cancellation
            );
            return (page.Countries, page.NextPageToken);
        };
}
