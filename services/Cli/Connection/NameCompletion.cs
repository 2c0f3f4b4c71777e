using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Connection;

/// <summary>Completes what people type to the names that the suite knows.</summary>
internal static class NameCompletion
{
    /// <summary>Adds the collection where it was left out: <c>XAA-1f</c> becomes <c>breaches/XAA-1f</c>.</summary>
    public static string Of(string collection, string id) =>
        id.StartsWith(collection + "/", StringComparison.Ordinal) ? id : $"{collection}/{id}";

    public static string Id(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>An ISO 3166-1 alpha-3 code in any case.</summary>
    public static string Country(string text) =>
        text.Length == 3 && text.All(char.IsAsciiLetter)
            ? text.ToUpperInvariant()
            : throw new CliException(
                $"'{text}' is not a country code. Use the three letters of ISO 3166-1, such as SDN; `ew countries` lists them."
            );

    public static string Risk(string framework, string country) => $"{framework}/risks/{Country(country)}";
}
