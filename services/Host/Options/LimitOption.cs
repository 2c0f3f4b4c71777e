using System.CommandLine;
using EarlyWarning.Access.Rates;

namespace EarlyWarning.Host.Options;

/// <summary>The option <c>--limit</c>: how much one caller may ask for.</summary>
internal static class LimitOption
{
    /// <summary>Builds it; its value is <see langword="null"/> where nothing is asked for.</summary>
    public static Option<RateOptions?> Build(SettableOptions options)
    {
        var limit = options.Make<RateOptions?>(
            "--limit",
            "NAME=VALUE",
            $"How much one caller may ask for, as NAME=VALUE, where VALUE is a number or none; NAME is "
                + $"{string.Join(", ", RateOptions.Names)}. Repeat it, or separate them by commas. The suite's own clients have no limit, "
                + "and without this option nobody has while there are no keys",
            null,
            Read
        );
        limit.Arity = ArgumentArity.OneOrMore;
        return limit;
    }

    private static RateOptions? Read(SettableOptions.Reading given)
    {
        RateOptions? limits = null;
        foreach (var text in given.Parts)
        {
            limits = (limits ?? RateOptions.Standard).With(text, out var fault);
            if (fault.Length > 0)
            {
                given.Fault(fault);
            }
        }

        return limits;
    }
}
