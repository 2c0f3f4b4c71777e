using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace EarlyWarning.Host.Cluster;

/// <summary>How this process's silo is called: by its address, and the generation that the store has given.</summary>
internal sealed class LocalSilo(
    IOptions<SiloOptions> silo,
    IOptions<ClusterOptions> cluster,
    IOptions<EndpointOptions> endpoint,
    SiloGeneration generation
) : ILocalSiloDetails
{
    /// <inheritdoc />
    public string Name => silo.Value.SiloName;

    /// <inheritdoc />
    public string ClusterId => cluster.Value.ClusterId;

    /// <inheritdoc />
    public string DnsHostName { get; } = Dns.GetHostName();

    /// <inheritdoc />
    public SiloAddress SiloAddress { get; } =
        SiloAddress.New(endpoint.Value.AdvertisedIPAddress, endpoint.Value.SiloPort, generation.Value);

    /// <summary>None: no client of Orleans is let in.</summary>
    public SiloAddress GatewayAddress => null!;
}
