using System.Diagnostics;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Tracing;

/// <summary>
/// A suite that exports to a collector. A partner's call ended it between the commit of a warning and its publishing; this is the start
/// after that.
/// </summary>
public sealed class TracedSuite : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public Collector Collector { get; private set; } = null!;

    public WebhookReceiver Receiver { get; private set; } = null!;

    public SuiteProcess Suite { get; private set; } = null!;

    /// <summary>The partner's span around the call that the suite did not survive.</summary>
    public ActivityContext BeforeTheRestart { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Collector = await Collector.StartAsync();
        Receiver = await WebhookReceiver.StartAsync();
        _folder.Write(
            "directory.yaml",
            $"""
            recipients:
              - id: desk
                name: Watch desk
                role: operator
                channels:
                  - webhook:
                      url: {Receiver.Address}
                      secret: a-secret-of-at-least-32-characters!
            """
        );

        // The last step comes two seconds after the one before it.
        _folder.Write(
            "ladder.yaml",
            """
            steps:
              - name: Watch desk
                role: operator
                acknowledge-within: 2s
                decide-within: 1h
              - name: Watch desk again
                role: operator
                acknowledge-within: 1h
                decide-within: 1h
            """
        );
        Suite = SuiteProcess.In(_folder.Path);
        Suite.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = Collector.Address;
        Suite.Variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        Suite.Variables["OTEL_BSP_SCHEDULE_DELAY"] = "100";
        Suite.Variables["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        Assert.True(await Suite.StartAsync("after-decide:1"), Suite.Output);
        await Definitions.DefineOneAsync(Suite.Channel);
        BeforeTheRestart = NewContext();
        await Assert.ThrowsAsync<RpcException>(() => RecordAsync("UGA", 95, BeforeTheRestart));
        await Suite.ExitAsync(TimeSpan.FromSeconds(10));
        Assert.True(await Suite.StartAsync(), Suite.Output);
    }

    public async ValueTask DisposeAsync()
    {
        await Suite.DisposeAsync();
        await Receiver.DisposeAsync();
        await Collector.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A partner's span.</summary>
    public static ActivityContext NewContext() =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);

    /// <summary>The trace, as a header and as a collector has it.</summary>
    public static string Header(ActivityContext context) => $"00-{context.TraceId}-{context.SpanId}-01";

    /// <summary>Records an observation under a partner's span.</summary>
    public async Task RecordAsync(string country, double value, ActivityContext partner) =>
        await new ObservationService.ObservationServiceClient(Suite.Channel).RecordObservationAsync(
            new() { Observation = Definitions.Attacks(country, value) },
            new Metadata { { "traceparent", Header(partner) } }
        );

    /// <summary>Waits for a webhook about a country's breach, by how many came before.</summary>
    public async Task<WebhookCall> ToldAsync(string country, int nth = 1)
    {
        WebhookCall? call = null;
        await Eventually.HoldsAsync(
            () => (call = Calls(country).ElementAtOrDefault(nth - 1)) is not null,
            $"webhook {nth} about {country}",
            seen: () => Suite.Output
        );
        return call!;
    }

    private IEnumerable<WebhookCall> Calls(string country) =>
        Receiver.Calls.Where(call =>
            call.Json.GetProperty("data").TryGetProperty("breach", out var breach) && breach.GetProperty("country").GetString() == country
        );
}
