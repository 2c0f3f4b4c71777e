using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Status;

/// <summary>
/// A suite that has told one recipient of a breach, owes it to another, has refused an observation, logs JSON, and has a collector that is
/// away.
/// </summary>
public sealed class OwingSuite : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebhookReceiver _refusing = null!;
    private WebhookReceiver _taking = null!;

    public SuiteProcess Suite { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (_refusing, _taking) = (await WebhookReceiver.StartAsync(), await WebhookReceiver.StartAsync());
        _refusing.Answer = static (context, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        _folder.Write(
            "directory.yaml",
            $"""
            recipients:
              - id: desk
                name: Watch desk
                role: operator
                channels:
                  - webhook:
                      url: {_refusing.Address}
                      secret: a-secret-of-at-least-32-characters!
              - id: night-desk
                name: Night desk
                role: operator
                channels:
                  - webhook:
                      url: {_taking.Address}
                      secret: a-secret-of-at-least-32-characters!
            """
        );
        Suite = SuiteProcess.In(_folder.Path);
        Suite.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1";
        Suite.Variables["Logging__Console__FormatterName"] = "json";
        Assert.True(await Suite.StartAsync(), Suite.Output);
        await Definitions.DefineOneAsync(Suite.Channel);
        await new ObservationService.ObservationServiceClient(Suite.Channel).RecordObservationsAsync(
            new() { Observations = { Definitions.Attacks("KEN", 88), Definitions.Attacks("KEN", 101) } }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Suite.DisposeAsync();
        await _refusing.DisposeAsync();
        await _taking.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Waits until <c>/metrics</c> shows all of these.</summary>
    public Task<Metrics> ShownAsync(IReadOnlyCollection<string> names) =>
        Eventually.GetAsync(
            () => Metrics.OfAsync(Suite),
            metrics => !names.Except(metrics.Names).Any(),
            $"all of {string.Join(", ", names)}"
        );
}
