using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Options;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Sidecar;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Status;

/// <summary>
/// What the local sidecar says of delivery, in whichever process it is; with daprd that is daprd's to say, and there is no gauge.
/// </summary>
/// <param name="processes">The suite's processes.</param>
/// <param name="time">The clock.</param>
/// <param name="apart">The sidecar that is this process; <see langword="null"/> where it is none.</param>
internal sealed class DeliveryLines(LiveProcesses processes, TimeProvider time, SidecarService? apart = null) : IStatusSource
{
    private SidecarHost? _within;

    public string Name => "broker";

    public Heading Heading => Heading.Path;

    public IReadOnlyList<Gauge> Gauges => SidecarStatus.AllGauges;

    private SidecarHost? Sidecar => _within ?? apart?.Serving;

    /// <summary>Tells of the sidecar that is within this process.</summary>
    public void Watch(SidecarHost sidecar) => _within = sidecar;

    /// <summary>Nobody waits for an event any more: it is no dead letter either, where this process keeps those.</summary>
    public void Forget(string eventId) => Sidecar?.DeadLetters.Forget(eventId);

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        if (Sidecar is { } sidecar)
        {
            return await new SidecarStatus(sidecar.DeadLetters, sidecar.Undelivered, time).ReadAsync(cancellationToken);
        }

        if (apart is not null)
        {
            return new(Line("This sidecar does not serve: another one does, or the log says why."));
        }

        return (await processes.ListAsync(cancellationToken)).Any(process => process.Services.Contains(ServiceNames.Sidecar))
            ? new([], [])
            : new(Line("Kept by daprd, on the topics that end in -dead-letters."));
    }

    private static StatusLine Line(string text) =>
        new()
        {
            Subject = "dead letters",
            Health = Health.Ok,
            Text = text,
        };
}
