using System.CommandLine;
using System.CommandLine.Parsing;
using EarlyWarning.Access.Rates;

namespace EarlyWarning.Host.Options;

/// <summary>The option <c>--limit</c>: how much one caller may ask for.</summary>
internal static class LimitOption
{
    private const string Variable = "EW_LIMIT";

    /// <summary>Builds it; its value is <see langword="null"/> where nothing is asked for.</summary>
    public static Option<RateOptions?> Build() =>
        new("--limit")
        {
            Description =
                $"How much one caller may ask for, as NAME=VALUE (or {Variable}), where VALUE is a number or none; NAME is "
                + $"{string.Join(", ", RateOptions.Names)}. Repeat it, or separate them by commas. The suite's own clients have no "
                + $"limit, and without "
                + "this option nobody has while there are no keys.",
            HelpName = "NAME=VALUE",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = result => Read(result, [Environment.GetEnvironmentVariable(Variable) ?? ""]),
            CustomParser = result => Read(result, result.Tokens.Select(token => token.Value)),
        };

    private static RateOptions? Read(ArgumentResult result, IEnumerable<string> texts)
    {
        RateOptions? limits = null;
        foreach (
            var text in texts.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        )
        {
            limits = (limits ?? RateOptions.Standard).With(text, out var fault);
            if (fault.Length > 0)
            {
                result.AddError(fault);
            }
        }

        return limits;
    }
}
