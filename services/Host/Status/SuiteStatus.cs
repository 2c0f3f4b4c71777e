using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Sidecar;
using EarlyWarning.Store.Health;
using EarlyWarning.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.Host.Status;

/// <summary>What the composition itself has to say: intake, store and disk, delivery.</summary>
internal static class SuiteStatus
{
    public static IServiceCollection AddSuiteStatus(this IServiceCollection services)
    {
        services.AddSingleton<IStatusSource, StoreLines>();
        services.AddSingleton<IStatusSource, ClockLine>();
        services.AddSingleton<IStatusSource, OutboxLine>();
        services.AddSingleton<DeliveryLines>();
        services.AddSingleton<IStatusSource>(provider => provider.GetRequiredService<DeliveryLines>());
        services.AddHealthChecks().AddCheck<StoreReadiness>("store", tags: [ServiceDefaultsExtensions.ReadyTag]);
        return services;
    }
}

/// <summary>Not ready while nothing can be made durable.</summary>
internal sealed class StoreReadiness(IStoreHealth store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => Task.FromResult(store.Status is { Available: false, Reason: var reason } ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy());
}

/// <summary>Intake, store and disk.</summary>
internal sealed class StoreLines(IStoreHealth health) : IStatusSource
{
    private const long LowDisk = 1L << 30;

    public Task<IReadOnlyList<StatusLine>> GetLinesAsync(CancellationToken cancellationToken)
    {
        var status = health.Status;
        List<StatusLine> lines =
        [
            health.Quiet.Length > 0
                ? new()
                {
                    Subject = "intake", Health = Health.Failing, Text = $"Off, and nothing is sent: {health.Quiet}",
                    Action = "See that no other suite works with the same data, then `ew resume`.",
                }
            : status.Available
                ? new() { Subject = "intake", Health = Health.Ok, Text = "On: observations are taken in." }
                : new()
                {
                    Subject = "intake", Health = Health.Failing, Text = $"Off: {status.Reason}",
                    Action = "Bring the store back; senders keep what was not acknowledged and send it again.",
                },
            new()
            {
                Subject = "store",
                Health = !status.Available ? Health.Failing : status.Note.Length > 0 ? Health.Attention : Health.Ok,
                Text = (status.UsedBytes is { } used ? $"Holds {used / 1e6:0} MB{(status.DataDirectory is { } folder ? $" in {folder}" : "")}." : "Answers.")
                    + (status.Note.Length > 0 ? $" {status.Note}" : ""),
                Action = status.Available ? "" : "Look at the store's disk and process.",
            },
        ];
        if (status.FreeBytes is { } free)
        {
            lines.Add(new()
            {
                Subject = "disk",
                Health = free < LowDisk ? Health.Attention : Health.Ok,
                Text = $"{free / 1e9:0.0} GB free.",
                Action = free < LowDisk ? "Make room: on a full disk nothing is acknowledged." : "",
            });
        }

        if (status.Archive is { Entries: > 0 } or { Fault.Length: > 0 })
        {
            var (entries, files, bytes, fault) = status.Archive;
            lines.Add(new()
            {
                Subject = "archive",
                Health = fault.Length > 0 ? Health.Attention : Health.Ok,
                Text = FormattableString.Invariant($"Old entries: {entries:N0}, in {bytes / 1e6:0.0} MB; files: {files}. {fault}")
                    .TrimEnd(),
                Action = fault.Length > 0
                    ? "Do as it says. The present and intake go on meanwhile; what is asked of the past may not be answered until then."
                    : "",
            });
        }

        return Task.FromResult<IReadOnlyList<StatusLine>>(lines);
    }
}

/// <summary>What the embedded sidecar says of delivery; with an outside daprd that is daprd's to say.</summary>
internal sealed class DeliveryLines : IStatusSource
{
    private SidecarStatus? _sidecar;

    public void Watch(SidecarStatus sidecar) => _sidecar = sidecar;

    public Task<IReadOnlyList<StatusLine>> GetLinesAsync(CancellationToken cancellationToken) => _sidecar?.GetLinesAsync(cancellationToken)
        ?? Task.FromResult<IReadOnlyList<StatusLine>>(
        [
            new() { Subject = "dead letters", Health = Health.Ok, Text = "Kept by daprd, on the topics that end in -dead-letters." },
        ]);
}
