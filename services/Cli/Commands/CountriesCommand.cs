using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew countries</c>.</summary>
internal static class CountriesCommand
{
    public static EwCommand Create()
    {
        var only = CommonOptions.CountryFilter();
        var limit = CommonOptions.LimitOfAll();
        return new EwCommand(
            "countries",
            "Lists the countries that the suite knows, with their codes and the years in which they were States.",
            "ew countries"
        )
        {
            only,
            limit,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var countries = await Pages.ShownAsync(
                    context.Print,
                    parse.GetValue(limit),
                    KnownCountries.LargestPage,
                    KnownCountries.PageOf(context.Suite, CommonOptions.Countries(parse, only), cancellation)
                );
                if (context.Print.Json)
                {
                    context.Print.Objects(countries);
                    return ExitCode.Ok;
                }

                context.Print.Table(
                    ["code", "alpha-2", Column.Figure("m49"), Column.Figure("cow"), Column.Figure("gw"), "years", "country"],
                    countries.Select(country =>
                        new Cell[]
                        {
                            country.Code,
                            Of(country, CodeSystem.Alpha2),
                            Of(country, CodeSystem.M49),
                            Of(country, CodeSystem.Cow),
                            Of(country, CodeSystem.GleditschWard),
                            string.Join(
                                ' ',
                                country.Years.Select(span =>
                                    $"{(span.HasFirstYear ? span.FirstYear : "")}-{(span.HasLastYear ? span.LastYear : "")}"
                                )
                            ),
                            country.DisplayName,
                        }
                    )
                );
                return ExitCode.Ok;
            }
        );
    }

    // Where a number has changed the newest stands last.
    private static string Of(Country country, CodeSystem system) =>
        country.Codes.LastOrDefault(code => code.System == system)?.Value ?? DisplayText.None;
}
