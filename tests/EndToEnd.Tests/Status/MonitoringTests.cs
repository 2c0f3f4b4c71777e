using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.Structure;
using EarlyWarning.V1;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EarlyWarning.EndToEnd.Tests.Status;

/// <summary>Holds the alert rules and their document to what a running suite shows.</summary>
public sealed partial class MonitoringTests
{
    private static readonly RuleFile s_rules = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build()
        .Deserialize<RuleFile>(Repository.Read("monitoring", "alerts.yaml"));

    private static readonly IReadOnlyList<(string Gauge, IReadOnlyList<string> Alerts)> s_documented =
        [.. Row().Matches(Repository.Read("docs", "monitoring.md")).Select(row => (
            row.Groups["gauge"].Value,
            (IReadOnlyList<string>)[.. row.Groups["alerts"].Value.Split(", ").Where(alert => alert != "–")]))];

    private static IEnumerable<Rule> Rules => s_rules.Groups.SelectMany(group => group.Rules);

    [Fact]
    public void Rules_Each_HasSeveritySummaryAndWhatToDo()
    {
        Assert.Equal(Rules.Count(), Rules.Select(rule => rule.Alert).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Rules, rule =>
        {
            Assert.Matches("^EarlyWarning[A-Za-z]+$", rule.Alert);
            Assert.Matches("^[0-9]+[smh]$", rule.For);
            Assert.Contains(rule.Labels["severity"], (string[])["page", "ticket", "info"]);
            Assert.NotEmpty(rule.Annotations["summary"]);
            Assert.NotEmpty(rule.Annotations["runbook"]);
            Assert.NotEmpty(Used(rule));
            Assert.Equal(rule.Expr.Count(c => c == '('), rule.Expr.Count(c => c == ')'));
        });
    }

    [Fact]
    public void Document_NamesForEachGaugeItsRules_AndNoOthers()
    {
        var watched = Rules.SelectMany(rule => Used(rule).Select(gauge => (gauge, rule.Alert))).ToLookup(pair => pair.gauge, pair => pair.Alert);
        Assert.All(s_documented, row => Assert.Equal(watched[row.Gauge], row.Alerts));
        Assert.Empty(watched.Select(gauge => gauge.Key).Except(s_documented.Select(row => row.Gauge)));
    }

    [Fact]
    public async Task Suite_ThatOwesSomething_ShowsEveryGaugeOfTheDocumentAndNoneThatItLacks()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = static (context, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        using TemporaryFolder folder = new();
        folder.Write("directory.yaml", $"""
            recipients:
              - id: desk
                name: Watch desk
                role: operator
                channels:
                  - webhook:
                      url: {receiver.Address}
                      secret: a-secret-of-at-least-32-characters!
            """);
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        await Definitions.DefineOneAsync(suite.Channel);
        await new ObservationService.ObservationServiceClient(suite.Channel).RecordObservationAsync(new() { Observation = Definitions.Attacks("KEN", 88) });

        // Only a store that is a server has a clock, and only a suite with TLS a certificate: tests with one see these gauges.
        var expected = s_documented.Select(row => row.Gauge).Except(
            ["earlywarning_clock_store_lead_seconds", "earlywarning_tls_certificate_expires_seconds", "earlywarning_tls_certificate_refused"]).ToList();
        var shown = await Eventually.GetAsync(
            () => Metrics.OfAsync(suite), metrics => !expected.Except(metrics.Names).Any(), $"all of {string.Join(", ", expected)}");

        Assert.DoesNotContain(shown.Names, name => name.StartsWith("ew_", StringComparison.Ordinal));
        var document = Repository.Read("docs", "monitoring.md");
        Assert.All(
            shown.Names.Where(name => OfTheDocument().IsMatch(name)),
            name => Assert.Contains($"`{Suffix().Replace(name, "")}`", document, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Used(Rule rule) => [.. Name().Matches(rule.Expr).Select(match => match.Value)];

    [GeneratedRegex(@"earlywarning_\w+")]
    private static partial Regex Name();

    // The cache has a chapter of its own.
    [GeneratedRegex("^earlywarning_(?!scoring_)")]
    private static partial Regex OfTheDocument();

    // A histogram is one metric to whoever reads of it.
    [GeneratedRegex("(?<=_seconds)_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"^\| `(?<gauge>earlywarning_\w+)` \| [^|]+ \| [^|]+ \| (?<alerts>[^|]+?) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    private sealed class RuleFile
    {
        public List<RuleGroup> Groups { get; set; } = [];
    }

    private sealed class RuleGroup
    {
        public string Name { get; set; } = "";

        public List<Rule> Rules { get; set; } = [];
    }

    private sealed class Rule
    {
        public string Alert { get; set; } = "";

        public string Expr { get; set; } = "";

        public string For { get; set; } = "";

        public Dictionary<string, string> Labels { get; set; } = [];

        public Dictionary<string, string> Annotations { get; set; } = [];
    }
}
