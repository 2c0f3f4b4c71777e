using EarlyWarning.Access;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Sessions;
using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Contracts.Placement;
using EarlyWarning.Contracts.Serialization;
using EarlyWarning.Host.Clients;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Events;
using EarlyWarning.Host.Forwarding;
using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Starting;
using EarlyWarning.Host.Status;
using EarlyWarning.Host.Telemetry;
using EarlyWarning.Host.Tls;
using EarlyWarning.Messaging;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Messaging.Sidecars;
using EarlyWarning.Risk;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.ServiceDefaults.Requests;
using EarlyWarning.ServiceDefaults.Telemetry;
using EarlyWarning.Store;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Host.Composition;

/// <summary>
/// What a process of the suite consists of: what each process has, the services that the options name, and the way to those that run
/// elsewhere.
/// </summary>
/// <param name="Options">What the command line asks for.</param>
/// <param name="Folder">The process's folder.</param>
/// <param name="Store">The suite's store.</param>
/// <param name="Clock">The suite's clock.</param>
/// <param name="Endpoints">Where the sidecars of the process's app ids are.</param>
/// <param name="Keys">Who may call.</param>
/// <param name="Rules">Who may call because others vouch for them.</param>
/// <param name="Tls">The certificate of both public addresses; <see langword="null"/> for plain HTTP.</param>
/// <param name="Authority">By what the suite's processes know each other; <see langword="null"/> where the process is alone.</param>
internal sealed record SuiteServices(
    SuiteOptions Options,
    DataFolder Folder,
    SuiteStore Store,
    SuiteClock Clock,
    DaprEndpoints Endpoints,
    ApiKeys Keys,
    AccessFile Rules,
    TlsCertificates? Tls,
    SuiteAuthority? Authority
)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    private IReadOnlyList<Module> Modules { get; } = ModuleTable.Of(Options);

    /// <summary>Adds all of it.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="own">How the suite's own clients call it.</param>
    /// <param name="isOwnPort">Knows the ports on which the suite itself listens.</param>
    public void AddTo(WebApplicationBuilder builder, OwnClient own, Func<int, bool> isOwnPort)
    {
        AddTelemetry(builder);
        AddCommon(builder);
        if (Authority is not null)
        {
            builder
                .Services.AddSingleton(Authority)
                .AddHostedService<AuthorityFollower>()
                .AddHostedService<SuiteAccessWatch>()
                .AddForwarding(Options, Tls)
                .AddPeerStatus(Options);
        }

        if (Modules.Any(module => module.ReadsCatalogue))
        {
            // Found anew each time: while no process runs indicators there is no such grain.
            builder.Services.AddCatalogueCopy(
                provider =>
                    (revision, reader, patience, cancellationToken) =>
                        provider
                            .GetRequiredService<IGrainFactory>()
                            .GetGrain<ICatalogueGrain>(0)
                            .ChangesAfterAsync(revision, reader, patience, cancellationToken),
                HealthTags.Ready
            );
        }

        builder.Services.AddSingleton(Options.Settings.Fill("outbox", new OutboxOptions()));
        ModuleContext context = new(builder.Services, Options, own, isOwnPort);
        foreach (var module in Modules)
        {
            module.Add(context);
        }
    }

    /// <summary>Maps what it serves, and what the suite serves elsewhere.</summary>
    public void MapTo(WebApplication app)
    {
        app.UseServiceDefaults(new IntakeLimits().MaxMessageBytes, Names, Callers);
        app.UseServiceHealth();
        app.MapServiceDefaults();
        app.MapSignOut();
        app.MapGrpcService<ServerService>();
        app.MapGrpcService<EventApi>();
        foreach (var module in Modules)
        {
            module.Map(app);
        }

        foreach (var module in ModuleTable.Without(Options))
        {
            app.MapElsewhere(module);
        }
    }

    /// <summary>By what name and from which page a call was made, the process judges that the caller has reached.</summary>
    private void Names(IApplicationBuilder app)
    {
        if (Authority is null)
        {
            app.UseServedNames();
        }
        else
        {
            app.UsePeerCalls(Tls).UseWhen(context => !PeerConnection.Is(context), called => called.UseServedNames());
        }
    }

    /// <summary>Who calls and what they may, the process judges that runs the service.</summary>
    private void Callers(IApplicationBuilder app)
    {
        if (Authority is not null)
        {
            app.UseForwarding();
        }

        app.UseAccess();
    }

    private void AddCommon(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults(new IntakeLimits().MaxMessageBytes, callers: interceptors => interceptors.AddReach());
        builder.AddAccess(
            Keys,
            Rules,
            Path.Combine(Folder.Path, DataFolder.SessionsFolder),
            new([Options.Http.Address, Options.Grpc.Address], Options.Hosts, Options.Origins),
            Tls?.Callers,
            Options.Rates,
            Authority is null ? null : () => Authority.Secret
        );
        builder
            .Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_patience)
            .AddSingleton(new Suite(Options.Exercise, Folder.Path))
            .AddSingleton(Options)
            .AddSingleton(new IntakeLimits())
            .AddSingleton(new ErrorPagesAddress(Options.Http.Port))
            .AddSingleton(new PageTokens(() => (Store.Identity.Epoch, Authority?.Secret ?? Store.Identity.Identity + Store.Identity.Owner)))
            .AddSingleton(
                new FaultMapping(exception =>
                    exception is StoreUnavailableException
                        ? Fault.Of(Grpc.Core.StatusCode.Unavailable, V1.ErrorReason.StoreUnavailable, exception.Message)
                        : null
                )
            )
            .AddSingleton(new FaultMapping(GrainFaults.Of))
            .AddContractSerialization()
            .AddContractPlacement()
            .AddStore(Store)
            .AddSingleton<LiveProcesses>()
            .AddSingleton<IRequestLog, StoredRequests>()
            .AddSuiteClock(Clock)
            .AddSingleton(Endpoints)
            .AddOutbox([.. Modules.Select(module => module.AppId).OfType<string>()])
            .AddRecord(Options)
            .AddArming()
            .AddSuiteStatus(Tls)
            .AddServiceHealth(Modules, ModuleTable.Without(Options));
    }

    private void AddTelemetry(WebApplicationBuilder builder)
    {
        var export = OtlpExport.Of(builder.Configuration);
        builder.AddTelemetry(new Suite(Options.Exercise, Folder.Path), export);
        if (export.Traces)
        {
            builder.Host.UseOrleans(silo =>
                silo.AddOutgoingGrainCallFilter<GrainCallTracing>().AddIncomingGrainCallFilter<GrainCallTracing>()
            );
        }
    }
}
