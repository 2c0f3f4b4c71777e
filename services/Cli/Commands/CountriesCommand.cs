using System.Globalization;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew countries</c>.</summary>
internal static class CountriesCommand
{
    private const int LargestPage = 1000;

    public static EwCommand Create()
        => new EwCommand("countries", "Lists the countries that the suite knows, with their codes.", "ew countries").Does(async (_, session, cancellation) =>
        {
            var countries = await AllAsync(session.Suite, cancellation);
            if (session.Print.Json)
            {
                session.Print.Objects(countries);
                return ExitCode.Ok;
            }

            session.Print.Table(
                ["code", Column.Figure("cow"), "country"],
                countries.Select(country => new Cell[]
                {
                    country.Code,
                    country.CowNumber > 0 ? country.CowNumber.ToString(CultureInfo.InvariantCulture) : Wording.None,
                    country.DisplayName,
                }));
            return ExitCode.Ok;
        });

    public static Task<List<Country>> AllAsync(Suite suite, CancellationToken cancellation)
        => Pages.ReadAsync<Country>(int.MaxValue, LargestPage, async (size, token) =>
        {
            var page = await suite.Risks.ListCountriesAsync(new() { PageSize = size, PageToken = token }, cancellationToken: cancellation);
            return (page.Countries, page.NextPageToken);
        });
}
