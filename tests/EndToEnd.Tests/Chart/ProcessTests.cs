using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EarlyWarning.EndToEnd.Tests.Structure;
using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Options;

namespace EarlyWarning.EndToEnd.Tests.Chart;

/// <summary>
/// The pods that the chart makes start the suite by words that it takes, are guarded, and can be exchanged without a gap.
/// </summary>
public sealed class ProcessTests(HelmChart chart) : IClassFixture<HelmChart>
{
    // What the suite reads beside its command line: Dapr's, .NET's and OpenTelemetry's, and what names a pod to the others of these.
    private static readonly string[] s_others =
    [
        "POD_IP",
        "POD_NAME",
        "TZ",
        "APP_PORT",
        "DAPR_API_TOKEN",
        "APP_API_TOKEN",
        "Logging__Console__FormatterName",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_PROTOCOL",
        "OTEL_EXPORTER_OTLP_HEADERS",
        "OTEL_RESOURCE_ATTRIBUTES",
    ];

    [Fact]
    public async Task Processes_Each_StartByAnOptionForEveryArgumentAndVariable_AndTogetherAreTheSuite()
    {
        foreach (var rendered in new[] { chart.Standard, chart.Full })
        {
            List<SuiteOptions> started = [];
            foreach (var container in rendered.Deployments.Select(Container))
            {
                var root = HostCommand.Build(
                    (options, _) =>
                    {
                        started.Add(options);
                        return Task.FromResult(0);
                    },
                    GivenByDapr(container)
                );
                var parsed = root.Parse([.. container["args"].Texts(), .. Variables(root, container)]);
                Assert.Empty(parsed.Errors.Select(error => error.Message));
                Assert.Equal(0, await parsed.InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));
            }

            Assert.Equal(ModuleTable.All.Select(module => module.Name).Order(), started.SelectMany(options => options.Services).Order());
            Assert.All(started, options =>
            {
                Assert.Equal("10.1.2.3:11111", options.Cluster!.ToString());
                Assert.Equal("10.1.2.3:5052", options.Peer!.ToString());
                Assert.NotNull(options.StoreConnection);
                Assert.Null(options.ArchiveAfter);
                Assert.Contains("ew-early-warning.early-warning.svc.cluster.local", options.Hosts);
            });
            string?[] directories = rendered == chart.Full ? [null, "/etc/early-warning/directory/directory.yaml"] : [null];
            Assert.Equal(
                directories,
                started.OrderBy(options => options.Services.Contains("notification")).Select(options => options.Directory).Distinct()
            );
            Assert.Equal(["notification"], started.Where(options => options.PublicWebhooksOnly).SelectMany(options => options.Services));
        }
    }

    // What Dapr's injector puts into a container, and the port that the chart tells both.
    private static Dictionary<string, string> GivenByDapr(JsonNode container)
    {
        Dictionary<string, string> variables = new() { ["DAPR_GRPC_PORT"] = "50001", ["DAPR_HTTP_PORT"] = "3500" };
        if (Variable(container, "APP_PORT") is { } port)
        {
            variables["APP_PORT"] = port["value"].Text();
        }

        return variables;
    }

    [Fact]
    public void Processes_WithAnAppId_TellDaprAndTheSuiteTheSame()
    {
        var run = Assert
            .Single(HelmChart.Read(Repository.Read("dapr", "dapr.yaml")))["apps"]
            .Each()
            .ToDictionary(app => app["appID"].Text());
        var apps = chart
            .Standard.Deployments.Select(one => one["spec"]!["template"]!)
            .Where(pod => pod["metadata"]!["annotations"]!["dapr.io/enabled"]?.Text() == "true")
            .ToDictionary(pod => pod["metadata"]!["annotations"]!["dapr.io/app-id"].Text());
        var modules = ModuleTable.All.Where(module => module.AppId is not null).ToDictionary(module => module.AppId!);
        Assert.Equal(modules.Keys.Order(), apps.Keys.Order());
        Assert.All(apps, app =>
        {
            var annotations = app.Value["metadata"]!["annotations"]!;
            var container = app.Value["spec"]!["containers"]![0]!;
            Assert.Contains(modules[app.Key].Name, container["args"]![1].Text().Split(','));
            Assert.Equal(modules[app.Key].Subscribes, annotations["dapr.io/app-port"] is not null);
            Assert.Equal("ew-early-warning", annotations["dapr.io/config"].Text());
            Assert.Equal(annotations["dapr.io/api-token-secret"].Text(), Secret(container, "DAPR_API_TOKEN"));
            Assert.Equal(annotations["dapr.io/app-token-secret"].Text(), Secret(container, "APP_API_TOKEN"));
            Assert.Equal(annotations["dapr.io/app-port"]?.Text(), Variable(container, "APP_PORT")?["value"].Text());

            // As dapr/dapr.yaml has it for one machine.
            Assert.All(
                new[]
                {
                    ("appProtocol", "app-protocol"),
                    ("appHealthProbeInterval", "app-health-probe-interval"),
                    ("appHealthProbeTimeout", "app-health-probe-timeout"),
                    ("appHealthThreshold", "app-health-threshold"),
                },
                pair => Assert.Equal(run[app.Key][pair.Item1]?.ToString(), annotations[$"dapr.io/{pair.Item2}"]?.Text())
            );
        });
    }

    [Fact]
    public void Pods_Each_RunWithoutRightsOnAFileSystemThatIsNotWritten()
    {
        var pods = new[] { chart.Standard, chart.Full }.SelectMany(rendered => rendered.Pods).ToList();
        Assert.All(pods, pod =>
        {
            Assert.False(pod["automountServiceAccountToken"]!.GetValue<bool>());
            Assert.True(pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>());
            Assert.Equal("RuntimeDefault", pod["securityContext"]!["seccompProfile"]!["type"].Text());
            Assert.All(pod["containers"].Each(), container =>
            {
                var guard = container["securityContext"]!;
                Assert.False(guard["allowPrivilegeEscalation"]!.GetValue<bool>());
                Assert.True(guard["readOnlyRootFilesystem"]!.GetValue<bool>());
                Assert.Equal(["ALL"], guard["capabilities"]!["drop"].Texts());
                Assert.NotNull(container["resources"]!["requests"]!["memory"]);
                Assert.NotNull(container["resources"]!["limits"]!["memory"]);
                Assert.Equal(1654, (guard["runAsUser"] ?? pod["securityContext"]!["runAsUser"])!.GetValue<long>());
                Assert.Empty(
                    container["volumeMounts"]
                        .Each()
                        .Select(mount => mount["name"].Text())
                        .Except(pod["volumes"].Each().Select(volume => volume["name"].Text()))
                );
            });
        });
    }

    [Fact]
    public void Processes_Each_AreExchangedWithoutAGap_AndHaveTheTimeToStop()
    {
        Assert.All(chart.Standard.Deployments, deployment =>
        {
            var (spec, pod, container) = (deployment["spec"]!, deployment["spec"]!["template"]!["spec"]!, Container(deployment));
            Assert.Equal(0, spec["strategy"]!["rollingUpdate"]!["maxUnavailable"]!.GetValue<long>());
            Assert.True(spec["replicas"]!.GetValue<long>() >= 2);
            var before = container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]!.GetValue<long>();

            // The suite takes 15 s at the most (docs/install.md), and its sidecar ends after it.
            Assert.True(before + 15 + 5 <= pod["terminationGracePeriodSeconds"]!.GetValue<long>());
            Assert.Equal("/healthz", container["livenessProbe"]!["httpGet"]!["path"].Text());
            Assert.Equal("/readyz", container["readinessProbe"]!["httpGet"]!["path"].Text());
            Assert.Equal(
                600,
                container["startupProbe"]!["periodSeconds"]!.GetValue<long>()
                    * container["startupProbe"]!["failureThreshold"]!.GetValue<long>()
            );

            var budget = chart.Standard.Named("PodDisruptionBudget", deployment["metadata"]!["name"].Text());
            Assert.True(JsonNode.DeepEquals(spec["selector"], budget["spec"]!["selector"]));
        });
        Assert.All(chart.Full.Deployments, deployment =>
        {
            // Where a scaler decides how many there are, an upgrade must not.
            Assert.Null(deployment["spec"]!["replicas"]);
            Assert.Equal(
                deployment["metadata"]!["name"].Text(),
                chart.Full.Named("HorizontalPodAutoscaler", deployment["metadata"]!["name"].Text())["spec"]!["scaleTargetRef"]!
                    ["name"]
                    .Text()
            );
            Assert.Equal("HTTPS", Container(deployment)["readinessProbe"]!["httpGet"]!["scheme"].Text());
        });
    }

    private static JsonNode Container(JsonNode deployment) => deployment["spec"]!["template"]!["spec"]!["containers"]![0]!;

    private static JsonNode? Variable(JsonNode container, string name) =>
        container["env"].Each().SingleOrDefault(one => one["name"].Text() == name);

    private static string Secret(JsonNode container, string name) =>
        Variable(container, name)!["valueFrom"]!["secretKeyRef"]!["name"].Text();

    /// <summary>Says by the command line what the pod says by variables.</summary>
    private static IEnumerable<string> Variables(RootCommand root, JsonNode container)
    {
        foreach (var variable in container["env"].Each().Where(one => !s_others.Contains(one["name"].Text())))
        {
            var name = variable["name"].Text();
            var option = root.Options.SingleOrDefault(option =>
                option.Description?.Contains($"or {name}", StringComparison.Ordinal) == true
            );
            Assert.True(option is not null, $"{name} is no variable of the suite");
            var value =
                variable["value"] is { } given ? given.Text().Replace("$(POD_IP)", "10.1.2.3", StringComparison.Ordinal)
                : name == "EW_CACHE" ? "cache.example:6379"
                : "Host=db.example;Database=ew";
            yield return option.Name;
            yield return value.ToString(CultureInfo.InvariantCulture);
        }
    }
}
