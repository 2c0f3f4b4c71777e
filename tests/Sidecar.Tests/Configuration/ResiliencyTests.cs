using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Yaml;

namespace EarlyWarning.Sidecar.Tests.Configuration;

public sealed class ResiliencyTests
{
    private const string Component = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: warnings }
        spec: { type: pubsub.redis, version: v1 }
        """;

    [Fact]
    public void Parse_ConstantRetryAndTimeout_AreTakenWithDaprsDefaults()
    {
        var policy = Policy(
            """
            policies:
              timeouts: { attempt: 1m30s }
              retries: { steady: { policy: constant } }
            targets:
              components:
                warnings: { inbound: { timeout: attempt, retry: steady } }
            """
        );

        Assert.Equal(TimeSpan.FromSeconds(90), policy.Timeout);
        Assert.Equal(new RetryPolicy(false, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60), -1), policy.Retry);
        Assert.Equal(TimeSpan.FromSeconds(5), policy.Retry!.Wait(1_000, TimeSpan.FromDays(1), 0.9));
    }

    [Fact]
    public void Wait_Exponential_GrowsByHalfFromHalfASecondToItsLimit()
    {
        var retry = new RetryPolicy(true, default, TimeSpan.FromSeconds(1), 4);

        Assert.Equal(
            [0.5, 0.75, 1.0, 1.0, null],
            Enumerable.Range(1, 5).Select(failures => retry.Wait(failures, TimeSpan.Zero, 0.5)?.TotalSeconds)
        );
        Assert.Equal(0.25, retry.Wait(1, TimeSpan.Zero, 0)!.Value.TotalSeconds);
        Assert.Equal(0.75, retry.Wait(1, TimeSpan.Zero, 1)!.Value.TotalSeconds);
    }

    [Fact]
    public void Wait_ExponentialWithoutEnd_EndsAfterAQuarterOfAnHourAsWithDaprd()
    {
        var retry = new RetryPolicy(true, default, TimeSpan.FromSeconds(60), -1);

        Assert.NotNull(retry.Wait(100_000, TimeSpan.FromMinutes(13), 0.5));
        Assert.Null(retry.Wait(100, TimeSpan.FromMinutes(14.5), 0.5));
    }

    [Fact]
    public void Wait_NoRetries_GivesUpAtOnce() =>
        Assert.Null(new RetryPolicy(false, TimeSpan.FromSeconds(1), default, 0).Wait(1, TimeSpan.Zero, 0));

    [Fact]
    public void Parse_Scopes_ApplyToTheAppsNamed()
    {
        using var folder = new TemporaryFolder();
        folder
            .With("component.yaml", Component)
            .With(
                "resiliency.yaml",
                File(
                    """
                    policies: { timeouts: { attempt: 1s } }
                    targets: { components: { warnings: { inbound: { timeout: attempt } } } }
                    """
                ) + "scopes: [notification]\n"
            );

        var loaded = DaprFolder.Load(folder.Path);

        Assert.Equal(TimeSpan.FromSeconds(1), loaded.Policy("warnings", "notification").Timeout);
        Assert.Equal(DeliveryPolicy.None, loaded.Policy("warnings", "escalation"));
    }

    [Theory]
    [InlineData("policies: { circuitBreakers: { b: { maxRequests: 1 } } }", "circuitBreakers")]
    [InlineData("policies: { retries: { r: { policy: linear } } }", "linear")]
    [InlineData("policies: { retries: { r: { policy: constant, matching: { gRPCStatusCodes: '1' } } } }", "matching")]
    [InlineData("policies: { retries: { r: { policy: exponential, duration: 1s } } }", "duration")]
    [InlineData("policies: { retries: { r: { maxRetries: some } } }", "maxRetries")]
    [InlineData("policies: { retries: { r: { duration: soon } } }", "soon")]
    [InlineData("policies: { retries: { DefaultRetryPolicy: { policy: constant } } }", "DefaultRetryPolicy")]
    [InlineData("targets: { apps: { risk: { timeout: t } } }", "apps")]
    [InlineData("targets: { components: { warnings: { outbound: { timeout: t } } } }", "outbound")]
    [InlineData("targets: { components: { warnings: { inbound: { retry: missing } } } }", "missing")]
    public void Parse_WhatIsNotSupported_IsRefusedByName(string spec, string named)
    {
        var refused = Assert.Throws<FaultyFileException>(() => Policy(spec));

        Assert.Contains("resiliency.yaml", refused.Message, StringComparison.Ordinal);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1500", 1.5)]
    [InlineData("250ms", 0.25)]
    [InlineData("1h2m3.5s", 3723.5)]
    [InlineData("", null)]
    [InlineData("5 s", null)]
    [InlineData("-1s", null)]
    [InlineData("1d", null)]
    public void Duration_AsGoWritesIt_IsRead(string text, double? seconds) => Assert.Equal(seconds, GoDuration.Parse(text)?.TotalSeconds);

    private static DeliveryPolicy Policy(string spec)
    {
        using var folder = new TemporaryFolder();
        folder.With("component.yaml", Component).With("resiliency.yaml", File(spec));
        return DaprFolder.Load(folder.Path).Policy("warnings", "notification");
    }

    private static string File(string spec) =>
        "apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata: { name: r }\nspec:\n"
        + string.Concat(spec.Split('\n').Select(line => $"  {line}\n"));
}
