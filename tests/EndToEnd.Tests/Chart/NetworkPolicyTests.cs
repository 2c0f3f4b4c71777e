using System.Net;
using System.Text.Json.Nodes;

namespace EarlyWarning.EndToEnd.Tests.Chart;

/// <summary>Who may talk to whom in the cluster: nobody but who has to.</summary>
public sealed class NetworkPolicyTests(HelmChart chart) : IClassFixture<HelmChart>
{
    private const int Json = 5050;
    private const int Grpc = 5051;
    private const int Peer = 5052;
    private const int Silo = 11_111;
    private static readonly string[] s_processes = ["board", "escalation", "ledger", "notification", "scoring", "silos"];

    [Fact]
    public void Processes_Each_AreShutBothWays() =>
        Assert.All(s_processes, process =>
            Assert.Contains(PoliciesOf(chart.Standard, process), policy =>
                policy["spec"]!["policyTypes"].Texts().SequenceEqual(["Ingress", "Egress"]) && policy["spec"]!["ingress"] is null
            )
        );

    [Fact]
    public void Processes_Each_AreReachedAtTheFourPortsThatTheyHave_AndTheInnerOnesByMembersAlone()
    {
        Assert.All(s_processes, process =>
        {
            var rules = PoliciesOf(chart.Standard, process).SelectMany(policy => policy["spec"]!["ingress"].Each()).ToList();
            Assert.Equal([Json, Grpc, Peer, Silo], rules.SelectMany(Ports).Order());
            var inner = Assert.Single(rules, rule => Ports(rule).Contains(Silo));
            Assert.Equal([Peer, Silo], Ports(inner).Order());
            Assert.True(
                JsonNode.DeepEquals(
                    JsonNode.Parse(
                        """[{"podSelector":{"matchLabels":{"app.kubernetes.io/name":"early-warning","app.kubernetes.io/instance":"ew"}}}]"""
                    ),
                    inner["from"]
                )
            );
        });
        Assert.All(chart.Standard.Deployments, deployment =>
            Assert.Equal(
                [Json, Grpc, Peer, Silo],
                deployment["spec"]!["template"]!["spec"]!["containers"]![0]!
                    ["ports"]
                    .Each()
                    .Select(port => (int)port["containerPort"]!.GetValue<long>())
            )
        );
    }

    [Fact]
    public void Callers_ThatAreNamed_AreTheOnlyOnes()
    {
        var rule = Assert.Single(PoliciesOf(chart.Full, "ledger").SelectMany(policy => policy["spec"]!["ingress"].Each()), rule =>
            Ports(rule).Contains(Grpc)
        );
        Assert.Equal("traefik", rule["from"]![0]!["namespaceSelector"]!["matchLabels"]!["kubernetes.io/metadata.name"].Text());
    }

    [Theory]
    [InlineData("silos", 53, 5432, 6379, 6500, 50_001, 50_005, 50_006)]
    [InlineData("scoring", 53, 5432)]
    [InlineData("notification", 53, 443, 5432, 6379, 6500, 50_001, 50_005, 50_006)]
    [InlineData("escalation", 53, 5432, 6379, 6500, 50_001, 50_005, 50_006)]
    [InlineData("ledger", 53, 5432)]
    [InlineData("board", 53, 5432)]
    public void Process_GoesOut_ToTheStoreNamesAndMembers_AndToWhatItAloneNeeds(string process, params int[] beyond) =>
        Assert.Equal(
            [.. beyond, Peer, Silo],
            PoliciesOf(chart.Standard, process)
                .SelectMany(policy => policy["spec"]!["egress"].Each())
                .SelectMany(Ports)
                .Distinct()
                .Order()
                .OrderBy(port => port is Peer or Silo)
        );

    [Fact]
    public void Notification_SendsToTheWorld_AndToNoPrivateNetwork()
    {
        var rule = Assert.Single(PoliciesOf(chart.Standard, "notification").SelectMany(policy => policy["spec"]!["egress"].Each()), rule =>
            Ports(rule).Contains(443)
        );
        var blocks = rule["to"].Each().Select(peer => peer["ipBlock"]!).ToList();
        Assert.Equal(["0.0.0.0/0", "::/0"], blocks.Select(block => block["cidr"].Text()));
        var except = blocks.SelectMany(block => block["except"].Texts()).Select(IPNetwork.Parse).ToList();
        Assert.All(
            ["10.96.0.1", "100.64.1.1", "127.0.0.1", "169.254.169.254", "172.20.1.1", "192.168.1.1", "fd00::1", "fe80::1"],
            address => Assert.Contains(except, network => network.Contains(IPAddress.Parse(address)))
        );
        Assert.DoesNotContain(except, network => network.Contains(IPAddress.Parse("93.184.215.14")));
    }

    [Fact]
    public void Services_Each_ChooseProcessesByLabelsThatTheyHave()
    {
        var pods = chart.Standard.Deployments.Select(one => one["spec"]!["template"]!["metadata"]!).ToList();
        Assert.Equal(s_processes, pods.Select(pod => pod.Component()).Order());
        Assert.Equal(s_processes, Chosen("ew-early-warning"));
        Assert.Equal(s_processes, Chosen("ew-early-warning-metrics"));

        IEnumerable<string> Chosen(string service) =>
            pods.Where(pod => Matches(chart.Standard.Named("Service", service)["spec"]!["selector"]!, pod["labels"]!))
                .Select(pod => pod.Component())
                .Order();
    }

    private static IEnumerable<JsonNode> PoliciesOf(Rendered rendered, string process)
    {
        var labels = Assert.Single(rendered.Deployments, one => one["metadata"].Component() == process)["spec"]!["template"]!["metadata"]![
            "labels"
        ]!;
        return rendered
            .Of("NetworkPolicy")
            .Where(policy =>
                policy["spec"]!["podSelector"] is { } selector
                && Matches(selector["matchLabels"]!, labels)
                && selector["matchExpressions"].Each().All(one => one["values"].Texts().Contains(labels[one["key"].Text()].Text()))
            );
    }

    private static bool Matches(JsonNode selector, JsonNode labels) =>
        selector.AsObject().All(pair => labels[pair.Key]?.Text() == pair.Value.Text());

    private static IEnumerable<int> Ports(JsonNode rule) => rule["ports"].Each().Select(port => (int)port["port"]!.GetValue<long>());
}
