using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Sidecar;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Status;

/// <summary>What the embedded sidecar says of delivery; with an outside daprd that is daprd's to say, and there is no gauge.</summary>
internal sealed class DeliveryLines : IStatusSource
{
    private SidecarStatus? _sidecar;

    public string Name => "broker";

    public Heading Heading => Heading.Path;

    public IReadOnlyList<Gauge> Gauges => SidecarStatus.AllGauges;

    public void Watch(SidecarStatus sidecar) => _sidecar = sidecar;

    public Task<Standing> ReadAsync(CancellationToken cancellationToken) =>
        _sidecar?.ReadAsync(cancellationToken) ?? Task.FromResult<Standing>(new(
            new StatusLine
            {
                Subject = "dead letters",
                Health = Health.Ok,
                Text = "Kept by daprd, on the topics that end in -dead-letters.",
            }));
}
