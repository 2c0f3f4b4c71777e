using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Invocation;

/// <summary>The option <c>--after</c>: revisions that countries must have reached before the suite answers.</summary>
internal static class AfterOption
{
    private const string Name = "--after";

    public static Option<string[]> Create() =>
        new(Name)
        {
            Description =
                "Answer only once a country has reached a revision that `ew observe` told, such as SDN=12. With commas, or repeated.",
            HelpName = "country=revision",
        };

    /// <summary>The revisions, in the order of the command line.</summary>
    public static IEnumerable<CountryRevision> Read(ParseResult parse, Option<string[]> option) =>
        (parse.GetValue(option) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)).Select(Parse);

    /// <summary>The revision that each country must have reached, for calls of one country each; 0 where none is given.</summary>
    /// <exception cref="CliException">One is of a country that is not asked.</exception>
    public static Func<string, long> Of(ParseResult parse, Option<string[]> option, params IReadOnlyCollection<string> asked)
    {
        var given = Read(parse, option).ToLookup(minimum => minimum.Country, minimum => minimum.Revision);
        return given.FirstOrDefault(country => !asked.Contains(country.Key)) is { } other
            ? throw new CliException($"{Name}: {other.Key} is not asked. Leave it out.")
            : country => given[country].DefaultIfEmpty().Max();
    }

    private static CountryRevision Parse(string text)
    {
        if (text.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } country, { Length: > 0 } number])
        {
            throw new CliException($"{Name}: '{text}' was to be a country, = and a revision, such as SDN=12.");
        }

        var revision = CommonOptions.Whole(number, Name);
        return revision > 0
            ? new() { Country = NameCompletion.Country(country), Revision = revision }
            : throw new CliException($"{Name}: {revision} is no revision. They start at 1.");
    }
}
