using System.Security.Authentication;
using EarlyWarning.Host.Options;
using EarlyWarning.Store.Clocks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace EarlyWarning.Host.Cluster;

/// <summary>
/// The silo of a process that is one of several: it listens for the others alone, over mutual TLS, finds them in the store, and hosts the
/// grains of the services that run here. There is no gateway.
/// </summary>
internal static class SuiteSilo
{
    /// <summary>The name of the cluster and of its service: who may be in it is decided by the store and by certificates.</summary>
    private const string Name = "early-warning";

    /// <summary>
    /// How often a silo asks another whether it is there. One that has ended refuses the connection and is declared dead after three times;
    /// one that only stands still, with its connection open, once nothing has come from it for three times the longest wait.
    /// </summary>
    private static readonly TimeSpan s_probe = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait for an answer, where answers have been slow before.</summary>
    private static readonly TimeSpan s_longestProbe = TimeSpan.FromSeconds(3);

    /// <summary>How often a silo writes that it is there. One that has missed four of these does not count when silos vote.</summary>
    private static readonly TimeSpan s_alive = TimeSpan.FromSeconds(2);

    private const int MostMissed = 4;

    /// <summary>For how long it counts that a silo has written that it is there.</summary>
    public static TimeSpan AliveCounts => s_alive * MostMissed;

    /// <summary>For how long a vote counts: as long as a silo that is well is sure to have answered.</summary>
    public static readonly TimeSpan VoteCounts = TimeSpan.FromSeconds(30);

    /// <summary>The parts of Orleans that can be given a time of their own: all of them.</summary>
    private static readonly string[] s_parts =
    [
        TimeProviderNames.Grains,
        TimeProviderNames.Messaging,
        TimeProviderNames.SystemTimers,
        TimeProviderNames.Membership,
        TimeProviderNames.ActivationManagement,
        TimeProviderNames.GrainDirectory,
    ];

    /// <summary>Adds the silo.</summary>
    /// <param name="silo">What it is added to.</param>
    /// <param name="options">What the command line asks for.</param>
    /// <param name="authority">Knows the suite's processes; open before the silo starts.</param>
    /// <param name="generation">Tells the silo from former ones; taken before the silo starts.</param>
    public static void Join(ISiloBuilder silo, SuiteOptions options, SuiteAuthority authority, SiloGeneration generation)
    {
        var endpoint = options.Cluster!;
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Name, Name))
            .Configure<SiloOptions>(own => own.SiloName = $"{string.Join('+', options.Services)} {Guid.NewGuid():N}")
            .Configure<EndpointOptions>(listen =>
            {
                (listen.AdvertisedIPAddress, listen.SiloPort, listen.GatewayPort) = (endpoint.Address, endpoint.Port, 0);
                listen.SiloListeningEndpoint = endpoint;
            })
            .Configure<ClusterMembershipOptions>(Tune)
            .UseTls(tls => Trust(tls, authority));
        silo.Services.AddSingleton<IMembershipTable, StoreMembership>().AddSingleton(generation);
        silo.Services.Replace(ServiceDescriptor.Singleton<ILocalSiloDetails, LocalSilo>());
        MeasureSteadily(silo.Services);
        silo.Services.Replace(ServiceDescriptor.Singleton<IFatalErrorHandler, SiloEnd>());
        WholeManifest.AddTo(silo.Services);
        silo.Services.PostConfigure<GrainTypeOptions>(types =>
            types.Classes.RemoveWhere(type => GrainServices.Of(type) is { } service && !options.Services.Contains(service))
        );
    }

    /// <summary>
    /// Gives Orleans a time that nobody can set. It measures by the wall clock when it looks at its silos again and when grains may be
    /// collected: where that is set back, it looks at nothing for as long, and opens no grain.
    /// </summary>
    public static void MeasureSteadily(IServiceCollection services)
    {
        SteadyTime steady = new();
        services.AddSingleton(new SiloClocks(TimeProvider.System, steady));
        foreach (var part in s_parts)
        {
            services.AddKeyedSingleton<TimeProvider>(part, steady);
        }
    }

    private static void Tune(ClusterMembershipOptions membership)
    {
        (membership.ProbeTimeout, membership.MinProbeTimeout, membership.MaxProbeTimeout) = (s_probe, s_probe, s_longestProbe);
        membership.NumMissedProbesLimit = 3;
        (membership.IAmAliveTablePublishTimeout, membership.NumMissedTableIAmAliveLimit) = (s_alive, MostMissed);

        // What others have changed is told at once; this is for what was lost on the way.
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.DeathVoteExpirationTimeout = VoteCounts;
        membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(1);

        // A silo tells the others at once that it joins, and since when by its own machine's clock: where that is a minute behind, they
        // would end it. One that ends while it joins is in nobody's way, and is forgotten after an hour.
        membership.EvictWhenMaxJoinAttemptTimeExceeded = false;
        membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
    }

    private static void Trust(TlsOptions tls, SuiteAuthority authority)
    {
        tls.LocalServerCertificateSelector = (_, _) => authority.Own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => authority.Own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (shown, _, _) => authority.IsMember(shown);
        tls.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = Name;
    }
}
