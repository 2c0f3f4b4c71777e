using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests;

public class ThresholdTests
{
    private const string Yaml = """
        - name: high
          display_name: High risk
          framework: un
          condition: above
          value: 60
          clearing_value: 55
          for: 7d
          severity: warning
          countries: [XAA, XAB]
        - name: thresholds/off
          display_name: Off
          framework: frameworks/un
          condition: CONDITION_RISE
          value: 10
          window: 30d
          severity: SEVERITY_ADVISORY
          disabled: true
        """;

    [Fact]
    public async Task Apply_NewThresholds_CreatesThemAsWritten()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("thresholds", "apply", folder.Write("t.yaml", Yaml));

        Assert.Equal("thresholds/high: created\nthresholds/off: created\n", run.Out);
        var created = suite.Answers.Requests<CreateThresholdRequest>();
        Assert.Equal(
            new()
            {
                Name = "thresholds/high",
                DisplayName = "High risk",
                Framework = "frameworks/un",
                Condition = Condition.Above,
                Value = 60,
                ClearingValue = 55,
                For = Duration.FromTimeSpan(TimeSpan.FromDays(7)),
                Severity = Severity.Warning,
                Countries = { "XAA", "XAB" },
            },
            created[0].Threshold
        );
        Assert.True(created[1].Threshold.Disabled);
        Assert.Equal(TimeSpan.FromDays(30), created[1].Threshold.Window.ToTimeSpan());
    }

    [Theory]
    [InlineData(
        "- {id: high, name: High risk, framework: un, above: 60, clear: 55, minimum-coverage: 0.5, minimum-sources: 2, severity: "
            + "warning, reason: why}"
    )]
    [InlineData(
        "framework: {id: un, name: A framework}\nthresholds:\n  - {id: high, name: High risk, above: 60, clear: 55, minimum-coverage: "
            + "0.5, severity: warning}"
    )]
    public async Task Apply_AsAFrameworkFileHasThem_CreatesThemAsWritten(string yaml)
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("thresholds", "apply", folder.Write("t.yaml", yaml));

        Assert.Equal(("thresholds/high: created\n", ""), (run.Out, run.Error));
        var created = Assert.Single(suite.Answers.Requests<CreateThresholdRequest>()).Threshold;
        Assert.Equal(
            ("thresholds/high", "High risk", "frameworks/un", Condition.Above, 60.0, 55.0, 0.5, Severity.Warning),
            (
                created.Name,
                created.DisplayName,
                created.Framework,
                created.Condition,
                created.Value,
                created.ClearingValue,
                created.MinimumCoverage,
                created.Severity
            )
        );
    }

    [Theory]
    [InlineData("- {id: high, name: High risk, framework: un, abvoe: 60, severity: warning}", "'abvoe' is not known here")]
    [InlineData(
        "- {id: high, name: High risk, framework: un, above: 60, level: high, severity: warning}",
        "Give one of above, below, rise and level"
    )]
    public async Task Apply_WithWhatNoThresholdHas_RefusesByName(string yaml, string expected)
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("thresholds", "apply", folder.Write("t.yaml", yaml));

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_Again_ReplacesOnlyWhatDiffers()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        await suite.EwAsync("thresholds", "apply", folder.Write("t.yaml", Yaml));

        var same = await suite.EwAsync("thresholds", "apply", folder.In("t.yaml"));
        var other = await suite.EwAsync(
            "thresholds",
            "apply",
            folder.Write("t.yaml", Yaml.Replace("value: 60", "value: 65", StringComparison.Ordinal))
        );

        Assert.Equal("thresholds/high: unchanged\nthresholds/off: unchanged\n", same.Out);
        Assert.Equal("thresholds/high: replaced\nthresholds/off: unchanged\n", other.Out);
        Assert.Equal(65, Assert.Single(suite.Answers.Requests<UpdateThresholdRequest>()).Threshold.Value);
    }

    [Theory]
    [InlineData("- name: high\n  vlaue: 3", "vlaue")]
    [InlineData("- display_name: x", "it has no name")]
    [InlineData("- just text", ":1:3: [0]: Here belong keys with values")]
    [InlineData("name: [", ":2:1: This is not YAML")]
    public async Task Apply_AFileWithAFault_NamesItWithCode2(string text, string expected)
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("thresholds", "apply", folder.Write("t.yaml", text));

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(suite.Answers.Requests<CreateThresholdRequest>());
    }

    [Theory]
    [InlineData("thresholds")]
    [InlineData("threshold")]
    public async Task Retire_WithEtagAndNote_CarriesBoth(string command)
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<RetireThresholdRequest>(_ => new RetireThresholdResponse());

        var run = await suite.EwAsync(command, "retire", "high", "--etag", "e7", "--note", "Replaced.");

        Assert.Equal("thresholds/high: retired\n", run.Out);
        Assert.Equal(
            new()
            {
                Name = "thresholds/high",
                Etag = "e7",
                Note = "Replaced.",
            },
            Assert.Single(suite.Answers.Requests<RetireThresholdRequest>())
        );
    }

    [Fact]
    public async Task List_OfThoseThatWereRetired_AsksForThemAndSaysWhichAre()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<ListThresholdsRequest>(request => new ListThresholdsResponse
        {
            Thresholds =
            {
                new Threshold
                {
                    Name = "thresholds/gone",
                    DisplayName = request.ShowRetired ? "Asked" : "",
                    RetireTime = new() { Seconds = 1 },
                },
            },
        });

        var run = await suite.EwAsync("thresholds", "list", "--retired");

        Assert.Contains("Asked", run.Out, StringComparison.Ordinal);
        Assert.Contains("retired", run.Out, StringComparison.Ordinal);
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        var kept = new Dictionary<string, Threshold>();
        Threshold Keep(Threshold threshold)
        {
            kept[threshold.Name] = threshold.Clone();
            kept[threshold.Name].Etag = "etag";
            kept[threshold.Name].Revision = 3;
            return kept[threshold.Name];
        }

        suite.Answers.On<GetThresholdRequest>(request =>
            kept.TryGetValue(request.Name, out var threshold)
                ? new GetThresholdResponse { Threshold = threshold }
                : throw Refusal.Of(StatusCode.NotFound, "NOT_FOUND", "There is none.")
        );
        suite.Answers.On<CreateThresholdRequest>(request => new CreateThresholdResponse { Threshold = Keep(request.Threshold) });
        suite.Answers.On<UpdateThresholdRequest>(request => new UpdateThresholdResponse { Threshold = Keep(request.Threshold) });
        return suite;
    }
}
