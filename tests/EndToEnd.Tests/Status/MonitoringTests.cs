using System.Text.Json;
using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Structure;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Status;

/// <summary>Holds the alert rules, their documents and the dashboard to what a running suite shows.</summary>
public sealed partial class MonitoringTests(OwingSuite owing) : IClassFixture<OwingSuite>
{
    // Only a store that is a server has a clock, only a suite with TLS a certificate, and only one in several processes others: tests with
    // one see these.
    private static readonly string[] s_elsewhere =
    [
        "earlywarning_clock_store_lead_seconds",
        "earlywarning_suite_files_differing",
        "earlywarning_suite_processes",
        "earlywarning_suite_services_missing",
        "earlywarning_tls_certificate_expires_seconds",
        "earlywarning_tls_certificate_refused",
    ];

    private static readonly IReadOnlyList<(string Gauge, IReadOnlyList<string> Alerts)> s_documented =
    [
        .. Row()
            .Matches(Repository.Read("docs", "monitoring.md"))
            .Select(row =>
                (row.Groups["gauge"].Value, (IReadOnlyList<string>)[.. row.Groups["alerts"].Value.Split(", ").Where(alert => alert != "–")])
            ),
    ];

    private static IReadOnlyList<AlertRule> Rules => AlertRule.All;

    [Fact]
    public void Rules_Each_HasSeveritySummaryAndWhatToDo()
    {
        Assert.Equal(Rules.Count, Rules.Select(rule => rule.Alert).Distinct(StringComparer.Ordinal).Count());
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
        var watched = Rules
            .SelectMany(rule => Used(rule).Select(gauge => (gauge, rule.Alert)))
            .ToLookup(pair => pair.gauge, pair => pair.Alert);
        Assert.All(s_documented, row => Assert.Equal(watched[row.Gauge], row.Alerts));
        Assert.Empty(watched.Select(gauge => gauge.Key).Except(s_documented.Select(row => row.Gauge)));
    }

    [Fact]
    public async Task Suite_ThatOwesSomething_ShowsEveryGaugeOfTheDocumentAndNoneThatItLacks()
    {
        var expected = s_documented.Select(row => row.Gauge).Except(s_elsewhere).ToList();
        var shown = await owing.ShownAsync(expected);

        Assert.DoesNotContain(shown.Names, name => name.StartsWith("ew_", StringComparison.Ordinal));
        var document = Repository.Read("docs", "monitoring.md");
        Assert.All(shown.Names.Where(name => OfTheDocument().IsMatch(name)), name =>
            Assert.Contains($"`{Suffix().Replace(name, "")}`", document, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Dashboard_EachPanel_AsksAQuestionOfMetricsAndLabelsThatTheSuiteHas()
    {
        using var dashboard = JsonDocument.Parse(Repository.Read("monitoring", "grafana", "early-warning.json"));
        var panels = dashboard
            .RootElement.GetProperty("panels")
            .EnumerateArray()
            .Where(panel => panel.GetProperty("type").GetString() != "row")
            .ToList();
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel =>
        {
            Assert.EndsWith("?", panel.GetProperty("title").GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(panel.GetProperty("description").GetString()!);
            Assert.NotEmpty(panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString()!);
            Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray());
        });

        var queries = panels
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target =>
                (Expression: target.GetProperty("expr").GetString()!, Legend: target.GetProperty("legendFormat").GetString()!)
            )
            .ToList();
        var asked = queries
            .SelectMany(query => Name().Matches(query.Expression).Select(match => match.Value))
            .Distinct()
            .Except(s_elsewhere)
            .ToList();
        Assert.All(queries, query => Assert.Matches(Name(), query.Expression));
        var shown = await owing.ShownAsync(asked);
        Assert.All(queries, query =>
            Assert.All(Label().Matches(query.Legend).Select(match => match.Groups[1].Value), label =>
                Assert.Contains(Name().Matches(query.Expression), metric => shown.Value(metric.Value, $"{label}=\"") is not null)
            )
        );
        Assert.Empty(Rules.SelectMany(Used).Except(asked).Except(s_elsewhere));
    }

    [Fact]
    public async Task Runbook_EachLineOfTheStatusThatItNames_IsOne()
    {
        var named = StatusLine()
            .Matches(Repository.Read("docs", "runbook.md"))
            .SelectMany(match => CodeSpan().Matches(match.Value))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .ToList();
        Assert.NotEmpty(named);

        var lines = (await new ServerService.ServerServiceClient(owing.Suite.Channel).GetStatusAsync(new())).Lines.Select(line =>
            line.Subject
        );

        // Where nothing was archived yet, no issuer is named, there is no TLS, or one process, there is no line of it.
        Assert.Empty(named.Except(lines).Except(["archive", "certificate", "files", "issuers", "services"]));
    }

    [Fact]
    public async Task Log_AskedForAsJson_IsALineAMessage_WithTheTraceOfWhatItIsAbout()
    {
        string? failed = null;
        await Eventually.HoldsAsync(
            () =>
                (failed = owing.Suite.Output.Split('\n').FirstOrDefault(line => line.Contains("503", StringComparison.Ordinal)))
                    is not null,
            "the failed attempt is logged"
        );

        using var line = JsonDocument.Parse(failed!);
        Assert.Equal("Warning", line.RootElement.GetProperty("LogLevel").GetString());
        Assert.Contains(line.RootElement.GetProperty("Scopes").EnumerateArray(), scope => scope.TryGetProperty("TraceId", out _));
    }

    private static IReadOnlyList<string> Used(AlertRule rule) => [.. Name().Matches(rule.Expr).Select(match => match.Value)];

    [GeneratedRegex(@"earlywarning_\w+")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Label();

    [GeneratedRegex(@"the lines? (`[a-z- ]+`( and )?)+")]
    private static partial Regex StatusLine();

    [GeneratedRegex("`([a-z- ]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("^earlywarning_")]
    private static partial Regex OfTheDocument();

    // A histogram is one metric to whoever reads of it.
    [GeneratedRegex("(?<=_seconds)_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"^\| `(?<gauge>earlywarning_\w+)` \| [^|]+ \| [^|]+ \| (?<alerts>[^|]+?) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
