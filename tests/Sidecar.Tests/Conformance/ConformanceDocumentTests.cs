using System.Text.RegularExpressions;

namespace EarlyWarning.Sidecar.Tests.Conformance;

/// <summary>Holds the page on conformance to the tests that it names.</summary>
public sealed partial class ConformanceDocumentTests
{
    private static readonly HashSet<string> s_named =
    [
        .. Named()
            .Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "dapr-conformance.md")))
            .Select(match => match.Groups[1].Value),
    ];

    private static readonly HashSet<string> s_tests =
    [
        .. typeof(ConformanceDocumentTests)
            .Assembly.GetTypes()
            .SelectMany(type =>
                type.GetMethods()
                    .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
                    .Select(method => $"{type.Name}.{method.Name}")
            ),
    ];

    [Fact]
    public void Page_OfConformance_NamesTestsThatThereAre()
    {
        Assert.NotEmpty(s_named);
        Assert.Empty(s_named.Except(s_tests));
    }

    [Fact]
    public void Page_OfConformance_NamesEachConformanceTest() =>
        Assert.Empty(s_tests.Where(test => test.StartsWith($"{nameof(ConformanceTests)}.", StringComparison.Ordinal)).Except(s_named));

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Named();
}
