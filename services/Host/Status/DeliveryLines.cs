using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Sidecar;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Status;

/// <summary>What the embedded sidecar says of delivery; with an outside daprd that is daprd's to say, and there is no gauge.</summary>
internal sealed class DeliveryLines : IStatusSource
{
    private SidecarStatus? _sidecar;
    private IDeadLetters? _deadLetters;

    public string Name => "broker";

    public Heading Heading => Heading.Path;

    public IReadOnlyList<Gauge> Gauges => SidecarStatus.AllGauges;

    public void Watch(SidecarStatus sidecar, IDeadLetters deadLetters) => (_sidecar, _deadLetters) = (sidecar, deadLetters);

    /// <summary>Nobody waits for an event any more: it is no dead letter either, where the embedded sidecar keeps those.</summary>
    public void Forget(string eventId) => _deadLetters?.Forget(eventId);

    public Task<Standing> ReadAsync(CancellationToken cancellationToken) =>
        _sidecar?.ReadAsync(cancellationToken) ?? Task.FromResult<Standing>(new(
            new StatusLine
            {
                Subject = "dead letters",
                Health = Health.Ok,
                Text = "Kept by daprd, on the topics that end in -dead-letters.",
            }));
}
