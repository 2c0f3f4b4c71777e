using System.Globalization;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Reads another way to compute a framework as it is written on the command line: <c>aggregation=geometric@root</c>.</summary>
internal static class MethodChoiceText
{
    public const string Form = """
        A choice is one of: aggregation=arithmetic|geometric|harmonic|generalised:EXPONENT|median|minimum|maximum|copeland,
        normalisation=goalposts|min-max|z-score|rank|borda|percentile-rank|distance-to-maximum|fraction-of-maximum,
        weighting=given|equal|pca|correlation, without-treatment, without=CODE. A @CODE behind it keeps it to one node or indicator.
        z-score has a scale of its own: it can be compared by rank (ew choices), and not drawn.
        """;

    private static readonly Dictionary<string, Aggregation> s_aggregations = Enum.GetValues<Aggregation>()
        .Where(one => one != Aggregation.Unspecified)
        .ToDictionary(one => DisplayText.Label(one).Replace(' ', '-'));

    private static readonly Dictionary<string, WeightingMethod> s_weightings = new()
    {
        ["given"] = WeightingMethod.Given,
        ["equal"] = WeightingMethod.Equal,
        ["pca"] = WeightingMethod.PrincipalComponent,
        ["correlation"] = WeightingMethod.Correlation,
    };

    public static MethodChoice Parse(string option, string text)
    {
        var (what, code) = text.Split('@') switch
        {
            [var alone] => (alone, ""),
            [var limited, { Length: > 0 } to] => (limited, to),
            _ => throw Unknown(option, text),
        };
        return what.Split('=') switch
        {
            ["aggregation", var method] => AggregationOf(option, text, method, code),
            ["normalisation", var method] => new() { Code = code, Normalisation = NormalisationOf(method) ?? throw Unknown(option, text) },
            ["weighting", var method] when s_weightings.TryGetValue(method, out var weighting) => new()
            {
                Code = code,
                Weighting = weighting,
            },
            ["without-treatment"] => new() { Code = code, WithoutTreatment = true },
            ["without", { Length: > 0 } element] when code.Length == 0 => new() { Code = element, WithoutElement = true },
            _ => throw Unknown(option, text),
        };
    }

    private static MethodChoice AggregationOf(string option, string text, string method, string code)
    {
        var (name, exponent) = method.Split(':') switch
        {
            ["generalised", var power] when double.TryParse(power, NumberStyles.Float, CultureInfo.InvariantCulture, out var given) => (
                "generalised",
                given
            ),
            [var alone] when alone != "generalised" => (alone, 0d),
            _ => throw Unknown(option, text),
        };
        return s_aggregations.TryGetValue(name, out var aggregation)
            ? new()
            {
                Code = code,
                Aggregation = aggregation,
                Exponent = exponent,
            }
            : throw Unknown(option, text);
    }

    private static Normalisation? NormalisationOf(string method) =>
        method switch
        {
            "goalposts" => new() { Goalposts = new() },
            "min-max" => new() { MinMax = new() },
            "z-score" => new() { ZScore = new() },
            "rank" => new() { Rank = new() },
            "borda" => new() { Borda = new() },
            "percentile-rank" => new() { PercentileRank = new() },
            "distance-to-maximum" => new() { DistanceToMaximum = new() },
            "fraction-of-maximum" => new() { FractionOfMaximum = new() },
            _ => null,
        };

    private static CliException Unknown(string option, string text) =>
        new($"{option}: '{text}' is not a choice. Write one such as aggregation=geometric, weighting=equal or without=economy.");
}
