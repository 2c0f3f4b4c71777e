using System.CommandLine;
using System.Globalization;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Invocation;

/// <summary>Arguments and options that several commands have.</summary>
internal static class CommonOptions
{
    public static Argument<string> Country() => new("country") { Description = "The country's ISO 3166-1 alpha-3 code, such as SDN." };

    public static Argument<string> Id(string name, string description) => new(name) { Description = description };

    public static Option<string> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<string> Framework() =>
        Text("--framework", "id", "The framework. Default: EW_FRAMEWORK, else the first composite index, else the first framework.");

    public static Option<string> At() =>
        Text("--at", "time", "The moment at which validity is measured, such as 2021-12-31. Default: now.");

    public static Option<string> AsOf() => Text("--as-of", "time", "What was known then, such as 2022-06-01 or 7d (ago). Default: now.");

    public static Option<string[]> CountryFilter() =>
        new("--country")
        {
            Description = "These countries only; may be repeated.",
            HelpName = "code",
            AllowMultipleArgumentsPerToken = true,
        };

    /// <summary>The codes of the countries that a list or a watch is to keep; none for all.</summary>
    public static string[] Countries(ParseResult parse, Option<string[]> filter) =>
        [.. (parse.GetValue(filter) ?? []).Select(NameCompletion.Country)];

    public static Option<string> CountryList() =>
        Text("--countries", "codes", "These countries only, with commas. Default: all with data.");

    /// <summary>Codes with commas between them; none where none are given.</summary>
    public static IEnumerable<string> Countries(string? text) => List(text).Select(NameCompletion.Country);

    public static string[] List(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An option's finite number.</summary>
    public static double Figure(string text, string option) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new CliException($"{option}: '{text}' is not a number. Write it with a point, such as 12.5.");

    /// <summary>An option's whole number.</summary>
    public static long Whole(string text, string option) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CliException($"{option}: '{text}' is not a whole number.");

    public static Option<int> Limit(int most) =>
        new("--limit")
        {
            Description = $"The most to show. Default: {most}.",
            HelpName = "n",
            DefaultValueFactory = _ => most,
            Validators = { result => Positive(result) },
        };

    /// <summary>A limit of a list that is shown whole unless one is given.</summary>
    public static Option<int> LimitOfAll()
    {
        var limit = Number("--limit", "The most to show. Default: all.");
        limit.DefaultValueFactory = _ => int.MaxValue;
        return limit;
    }

    public static Option<int> Number(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "n",
            Validators = { result => Positive(result) },
        };

    /// <summary>The framework asked for, or the one that people mean who name none.</summary>
    public static async Task<string> FrameworkAsync(
        ParseResult parse,
        Option<string> option,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        var given = parse.GetValue(option) ?? context.Terminal.Environment("EW_FRAMEWORK");
        if (!string.IsNullOrEmpty(given))
        {
            return NameCompletion.Of("frameworks", given);
        }

        var frameworks = (
            await context.Suite.Catalogue.ListFrameworksAsync(new() { PageSize = 100 }, cancellationToken: cancellation)
        ).Frameworks;
        var chosen = frameworks.FirstOrDefault(framework => framework.ModelCase == V1.Framework.ModelOneofCase.Composite)
            ?? frameworks.FirstOrDefault()
            ?? throw new CliException("the suite has no framework yet. Load one with `ew framework load`.", ExitCode.Failed);
        return WithoutVersion(chosen.Name);
    }

    public static string WithoutVersion(string framework) =>
        framework.IndexOf("/versions/", StringComparison.Ordinal) is > 0 and var end ? framework[..end] : framework;

    private static void Positive(System.CommandLine.Parsing.OptionResult result)
    {
        if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, out var number) || number < 1))
        {
            result.AddError($"{result.Option.Name}: '{text}' is not a number above 0.");
        }
    }
}
