using System.Text.Json.Nodes;
using EarlyWarning.EndToEnd.Tests.Structure;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.EndToEnd.Tests.Chart;

/// <summary>The chart renders with Helm, into what Kubernetes takes, and says what the files say that it is made of.</summary>
public sealed class ChartTests(HelmChart chart) : IClassFixture<HelmChart>
{
    [Fact]
    public async Task Chart_Linted_HasNoFault()
    {
        Assert.Contains("0 chart(s) failed", await HelmChart.HelmAsync($"lint --strict '{HelmChart.Folder}'"), StringComparison.Ordinal);
        Assert.Contains(
            "0 chart(s) failed",
            await HelmChart.HelmAsync($"lint --strict '{HelmChart.Folder}' --values '{HelmChart.FullValues}'"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Manifests_OfEveryValueAndOfTheExample_AreWhatKubernetesHasTypesFor()
    {
        var example = Repository.Read("charts", "examples", "postgres-and-broker.yaml");
        Assert.Equal("", await chart.TypeFaultsAsync(string.Join("\n---\n", chart.Standard.Text, chart.Full.Text, example)));
    }

    [Fact]
    public async Task Manifests_WithAFieldThatIsMisspeltOrOfAnotherKind_AreFoundOut()
    {
        var faults = await chart.TypeFaultsAsync(
            "{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: [a] }, spec: { maxUnavailabel: 1 } }"
        );
        Assert.Contains("maxUnavailabel", faults, StringComparison.Ordinal);
        Assert.Contains("Type 'string[]' is not assignable to type 'string'", faults, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set replicas=3", "additional properties 'replicas' not allowed")]
    [InlineData("--set silos.replica=3", "additional properties 'replica' not allowed")]
    [InlineData("--set networkPolicy.store.prot=5432", "additional properties 'prot' not allowed")]
    [InlineData("--set-string silos.replicas=many", "got string, want integer")]
    [InlineData("--set image.pullPolicy=Sometimes", "value must be one of 'Always', 'IfNotPresent', 'Never'")]
    [InlineData("--set store.secretName=", "'' does not match pattern")]
    public async Task Value_MisspeltOrOfAnotherKind_IsRefused(string value, string said) =>
        Assert.Contains(said, await HelmChart.RefusalAsync($"template ew '{HelmChart.Folder}' {value}"), StringComparison.Ordinal);

    [Fact]
    public void Values_Each_HaveACommentAndAPlaceInTheSchema()
    {
        var schema = JsonNode.Parse(Repository.Read("charts", "early-warning", "values.schema.json"))!;
        var text = Repository.Read("charts", "early-warning", "values.yaml");
        var lines = text.Split('\n');
        YamlStream values = [];
        values.Load(new StringReader(text));
        Walk(Assert.IsType<YamlMappingNode>(values.Documents[0].RootNode), schema, "");

        void Walk(YamlMappingNode entries, JsonNode place, string path)
        {
            if (Described(place) is not { } described || described["properties"] is not JsonObject known)
            {
                return;
            }

            Assert.False(described["additionalProperties"]!.GetValue<bool>(), $"{path} takes what it does not know");
            Assert.Equal(
                known.Select(one => one.Key).Except(["global"]).Order(),
                entries.Children.Keys.Select(key => ((YamlScalarNode)key).Value!).Order()
            );
            foreach (var (key, value) in entries.Children)
            {
                var inner = $"{path}.{key}";
                Assert.True(
                    entries.Style == MappingStyle.Flow || lines[key.Start.Line - 2].TrimStart().StartsWith("# ", StringComparison.Ordinal),
                    $"{inner} has no comment"
                );
                if (value is YamlMappingNode below)
                {
                    Walk(below, known[((YamlScalarNode)key).Value!]!, inner);
                }
            }
        }

        JsonNode Described(JsonNode place) =>
            (place["$ref"] ?? place["allOf"]?[0]!["$ref"])?.GetValue<string>() is { } at
                ? schema["definitions"]![at.Split('/')[^1]]!
                : place;
    }

    [Fact]
    public void DaprManifests_Each_SayWhatTheFilesOfDaprSay()
    {
        var (file, rendered) = (
            Assert.Single(HelmChart.Read(Repository.Read("dapr", "components", "warnings.yaml"))),
            chart.Full.Only("Component")
        );
        string[] own = ["redisHost", "enableTLS", "redisUsername", "redisPassword"];
        Assert.Equal(
            file["spec"]!["metadata"].Each().Where(one => !own.Contains(one["name"].Text())).Select(Setting),
            rendered["spec"]!["metadata"].Each().Where(one => !own.Contains(one["name"].Text())).Select(Setting)
        );
        Assert.Equal(own, rendered["spec"]!["metadata"].Each().Select(one => one["name"].Text()).Where(own.Contains));
        Assert.Equal("redis.example:6380", rendered["spec"]!["metadata"]![0]!["value"].Text());
        Assert.All(["apiVersion", "scopes"], key => Assert.True(JsonNode.DeepEquals(file[key], rendered[key]), key));
        Assert.All(["type", "version"], key => Assert.Equal(file["spec"]![key].Text(), rendered["spec"]![key].Text()));
        Assert.Equal(file["metadata"]!["name"].Text(), rendered["metadata"]!["name"].Text());

        var (resiliency, given) = (
            Assert.Single(HelmChart.Read(Repository.Read("dapr", "resiliency.yaml"))),
            chart.Standard.Only("Resiliency")
        );
        Assert.All(["apiVersion", "scopes", "spec"], key => Assert.True(JsonNode.DeepEquals(resiliency[key], given[key]), key));

        static (string, string) Setting(JsonNode one) => (one["name"].Text(), one["value"].Text());
    }

    [Fact]
    public void Monitoring_Rendered_IsTheRulesAndTheDashboardThatShip()
    {
        var file = Assert.Single(
            HelmChart.Read(
                Repository
                    .Read("monitoring", "alerts.yaml")
                    .Replace("'docs/runbook.md#", "'https://ops.example/runbook.md#", StringComparison.Ordinal)
            )
        );
        Assert.True(JsonNode.DeepEquals(file, chart.Full.Only("PrometheusRule")["spec"]));
        Assert.Equal(
            Repository.Read("monitoring", "grafana", "early-warning.json").TrimEnd(),
            chart.Full.Named("ConfigMap", "ew-early-warning-dashboard")["data"]!["early-warning.json"].Text().TrimEnd()
        );
        Assert.DoesNotContain(chart.Standard.Manifests, one => one["apiVersion"].Text().StartsWith("monitoring", StringComparison.Ordinal));
    }
}
