using System.Globalization;
using System.Text.RegularExpressions;

namespace EarlyWarning.EndToEnd.Tests.Infrastructure;

/// <summary>What <c>/metrics</c> of a suite shows at one moment.</summary>
public sealed partial class Metrics
{
    private readonly List<(string Name, string Labels, double Value)> _samples;

    private Metrics(string text) =>
        _samples = [
            .. Sample()
                .Matches(text)
                .Select(match =>
                    (
                        match.Groups["name"].Value,
                        match.Groups["labels"].Value,
                        double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)
                    )
                ),
        ];

    public IReadOnlySet<string> Names => _samples.Select(sample => sample.Name).ToHashSet(StringComparer.Ordinal);

    public static async Task<Metrics> OfAsync(SuiteProcess suite)
    {
        using HttpClient http = new(suite.Handler()) { BaseAddress = suite.Http };
        return new(await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
    }

    /// <summary>The sum of a gauge's values whose labels hold a text; <see langword="null"/> where it is absent.</summary>
    public double? Value(string name, string labels = "")
    {
        var found = _samples.Where(sample => sample.Name == name && sample.Labels.Contains(labels, StringComparison.Ordinal)).ToList();
        return found.Count == 0 ? null : found.Sum(sample => sample.Value);
    }

    public override string ToString() =>
        string.Join('\n', _samples.Where(sample => sample.Name.StartsWith("earlywarning", StringComparison.Ordinal)));

    [GeneratedRegex(@"^(?<name>[a-z_]\w*)(\{(?<labels>[^\n]*)\})? (?<value>[-+.\dEeNaInf]+)( \d+)?\r?$", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
