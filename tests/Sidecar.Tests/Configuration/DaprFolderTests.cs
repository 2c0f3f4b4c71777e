using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Yaml;

namespace EarlyWarning.Sidecar.Tests.Configuration;

public sealed class DaprFolderTests
{
    private const string Redis = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: warnings
        spec:
          type: pubsub.redis
          version: v1
        """;

    [Fact]
    public void Load_TheRepositorysOwn_LetsEachServiceDoItsPartAndNoMore()
    {
        var folder = DaprFolder.Load(Path.Combine(AppContext.BaseDirectory, "dapr"));

        var warnings = Assert.Single(folder.Components);
        Assert.Equal("warnings", warnings.Name);
        Assert.Equal(
            [("risk", "threshold-breaches"), ("notification", "notifications"), ("escalation", "escalations")],
            from app in (string[])["risk", "notification", "escalation"]
            from topic in (string[])["threshold-breaches", "notifications", "escalations"]
            where warnings.Topics.MayPublish(app, topic)
            select (app, topic)
        );
        Assert.Equal(
            [
                ("notification", "threshold-breaches"),
                ("notification", "escalations"),
                ("escalation", "threshold-breaches"),
                ("escalation", "notifications"),
            ],
            from app in (string[])["risk", "notification", "escalation"]
            from topic in (string[])["threshold-breaches", "escalations", "notifications"]
            where warnings.Topics.MaySubscribe(app, topic)
            select (app, topic)
        );
        foreach (
            var (app, topic) in ((string, string)[])
                [
                    ("notification", "threshold-breaches"),
                    ("notification", "escalations"),
                    ("escalation", "threshold-breaches"),
                    ("escalation", "notifications"),
                ]
        )
        {
            Assert.True(warnings.Topics.MayPublish(app, EarlyWarning.Messaging.Events.Topics.DeadLetters(topic)));
        }

        Assert.Null(folder.Find("warnings", "somebody-else"));
    }

    [Theory]
    [InlineData("notification")]
    [InlineData("escalation")]
    public void Load_TheRepositorysOwn_RetriesOutlastARestartAndStayBelowTheProcessingTimeout(string app)
    {
        var folder = DaprFolder.Load(Path.Combine(AppContext.BaseDirectory, "dapr"));

        var policy = folder.Policy("warnings", app);
        var retry = Assert.IsType<RetryPolicy>(policy.Retry);
        Assert.True(Budget(retry, random: 0) > TimeSpan.FromSeconds(25), "The shortest budget does not outlast a restart.");
        var worst = Budget(retry, random: 0.5) + (policy.Timeout!.Value * (retry.MaxRetries + 1));
        Assert.True(worst < folder.Components[0].ProcessingTimeout, $"At worst a delivery takes {worst}.");
    }

    [Theory]
    [InlineData("type: pubsub.redis", "type: pubsub.kafka", "pubsub.kafka")]
    [InlineData("type: pubsub.redis", "type: state.redis", "state.redis")]
    [InlineData("kind: Component", "kind: Subscription", "Subscription")]
    [InlineData("kind: Component", "kind: Configuration", "Configuration")]
    [InlineData("version: v1", "metadata: [{ name: maxLenApprox, value: 10 }]", "maxLenApprox")]
    [InlineData("version: v1", "metadata: [{ name: consumerID, value: x }]", "consumerID")]
    [InlineData("version: v1", "metadata: [{ name: concurrency, value: none }]", "concurrency")]
    [InlineData("version: v1", "metadata: [{ name: publishingScopes, secretKeyRef: { name: a } }]", "publishingScopes")]
    [InlineData("metadata:", "metadata: [", "YAML")]
    public void Load_WhatIsNotSupported_IsRefusedByFileAndName(string instead, string of, string named)
    {
        using var folder = new TemporaryFolder();
        folder.With("component.yaml", Redis.Replace(instead, of, StringComparison.Ordinal));

        var refused = Assert.Throws<FaultyFileException>(() => DaprFolder.Load(folder.Path));

        Assert.Contains("component.yaml", refused.Message, StringComparison.Ordinal);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ConnectionToRedis_IsOfNoConcern()
    {
        using var folder = new TemporaryFolder();
        folder.With(
            "component.yaml",
            Redis
                + """

                  metadata:
                    - name: redisHost
                      value: elsewhere:6379
                    - name: redisPassword
                      secretKeyRef: { name: redis, key: password }
                """
        );

        Assert.Single(DaprFolder.Load(folder.Path).Components);
    }

    [Fact]
    public void Load_TheSameComponentForAnotherBrokerBeside_ReadsOnlyWhatDaprdIsGiven()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, type) in ((string, string)[])[("components", "pubsub.redis"), ("components-kafka", "pubsub.kafka")])
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, name));
            File.WriteAllText(
                Path.Combine(folder.Path, name, "warnings.yaml"),
                Redis.Replace("pubsub.redis", type, StringComparison.Ordinal)
            );
        }

        Assert.Equal("pubsub.redis", Assert.Single(DaprFolder.Load(folder.Path).Components).Type);
    }

    [Fact]
    public void Load_NoComponent_IsRefused()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<DaprConfigurationException>(() => DaprFolder.Load(folder.Path));
        Assert.Throws<DaprConfigurationException>(() => DaprFolder.Load(Path.Combine(folder.Path, "missing")));
    }

    private static TimeSpan Budget(RetryPolicy retry, double random) =>
        Enumerable
            .Range(1, retry.MaxRetries)
            .Aggregate(TimeSpan.Zero, (elapsed, failures) => elapsed + retry.Wait(failures, elapsed, random)!.Value);
}
