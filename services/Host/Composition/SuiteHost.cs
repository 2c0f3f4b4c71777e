using EarlyWarning.Host.Clients;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Starting;
using EarlyWarning.Host.Status;
using EarlyWarning.Host.Tls;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Configuration;
using Microsoft.AspNetCore.Connections;

namespace EarlyWarning.Host.Composition;

/// <summary>
/// The suite, composed and started: the store while the rest is composed, then services and sidecar beside each other; stopped in the order
/// services, sidecar, store.
/// </summary>
public sealed partial class SuiteHost : IAsyncDisposable
{
    private static readonly TimeSpan s_servicesPatience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private readonly ShutdownSequence _parts = new(s_patience, TimeProvider.System, what =>
        Console.Error.WriteLine($"Early Warning: {what}")
    );

    private SuiteHost() { }

    /// <summary>The application that serves the APIs and the board.</summary>
    public WebApplication App { get; private set; } = null!;

    /// <summary>How the suite's own clients call it.</summary>
    internal OwnClient Own { get; private set; } = null!;

    /// <summary>Starts everything, by a machine's clocks.</summary>
    /// <exception cref="StartException">Something stands in the way; the message says what and what to do.</exception>
    public static async Task<SuiteHost> StartAsync(SuiteOptions options, TimeProvider machine, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var host = new SuiteHost();
        try
        {
            await host.ComposeAsync(options, machine, cancellationToken);
            return host;
        }
        catch (Exception exception)
        {
            await host.DisposeAsync();
            throw exception switch
            {
                IOException { InnerException: AddressInUseException } => new StartException(
                    $"{exception.Message} Stop what listens there, or name other addresses with --http and --grpc.",
                    exception
                ),
                OrleansException => new StartException(
                    $"The silo at {options.Cluster} cannot join those of the suite's other processes: {exception.Message} See that all of "
                        + $"them reach each other's --cluster.",
                    exception
                ),
                // The suite's own exceptions at the start are written for an operator: a file at fault, a store that cannot be used.
                _ when exception is InvalidDataException
                        || exception.GetType().Namespace?.StartsWith(nameof(EarlyWarning), StringComparison.Ordinal) == true =>
                    new StartException(exception.Message, exception),
                _ => exception,
            };
        }
    }

    /// <summary>Completes when <c>/readyz</c> says ready.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) =>
        App.Services.GetRequiredService<Readiness>().ReadyAsync(cancellationToken);

    /// <summary>
    /// Whether the suite's other processes have gone on without this one, which has stopped for that and is to be started anew by whoever
    /// supervises it.
    /// </summary>
    public bool IsLeft => App.Services.GetRequiredService<SuiteStore>().Ended.IsCompletedSuccessfully;

    /// <summary>Completes when a signal, or the application itself, asks for the stop.</summary>
    public async Task StopAskedAsync(CancellationToken cancellationToken)
    {
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(App.Lifetime.ApplicationStopping, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, asked.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops everything, in the reverse order, within some 15 seconds whatever a part does.</summary>
    public async ValueTask DisposeAsync() => await _parts.StopAsync();

    private async Task ComposeAsync(SuiteOptions options, TimeProvider machine, CancellationToken cancellationToken)
    {
        OpenFiles.Check();
        SuiteAddresses.Check(options);
        var taken = DataFolder.Take(options.Folder, options.Exercise, anew: options.DataDirectory is null);
        var folder = _parts.Keep("The data folder", new Disposing<DataFolder>(taken)).Value;
        var (keys, rules) = SuiteAccess.Decide(options, folder);

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddSuiteLogging(builder.Configuration);
        var clock = new SuiteClock(machine, options.Settings.Fill("clock", new ClockOptions()) with { Grace = options.ClockGrace });

        // The store speaks until it is closed, which is last.
        var loggers = _parts
            .Keep("The log", new Disposing<ILoggerFactory>(LoggerFactory.Create(logging => logging.AddSuiteLogging(builder.Configuration))))
            .Value;
        var tls = options.Tls is { } files
            ? new TlsCertificates(
                files,
                Environment.GetEnvironmentVariable(TlsArguments.PasswordVariable),
                TimeProvider.System,
                loggers.CreateLogger<TlsCertificates>()
            )
            : null;
        Own = new(options, keys, tls);
        if (tls is null && SuiteAccess.Beyond(options) is { } open)
        {
            loggers.CreateLogger<TlsCertificates>().Plain(open);
        }

        var store = _parts.Keep(
            "The store",
            new SuiteStore(
                options.Settings.Fill(
                    "store",
                    new StoreOptions
                    {
                        ConnectionString = options.StoreConnection,
                        DataDirectory = folder.Path,
                        Exercise = options.Exercise,
                        Resume = options.Resume,
                        RestoreFrom = options.RestoreFrom,

                        // An archive is of one folder, which processes of one suite do not share.
                        ArchiveAfter = options.Cluster is null ? options.ArchiveAfter : null,
                        Shared = options.Cluster is not null,
                        Services = options.Services,
                        Peer = options.Peer?.ToString() ?? "",
                        Version = ServerInfo.Version,
                    }
                ),
                [.. ClusterTables.Migrations, .. ModuleTable.All.SelectMany(module => module.Migrations)],
                clock,
                loggers
            )
        );
        var authority = options.Cluster is null ? null : new SuiteAuthority(store, TimeProvider.System);
        SiloGeneration generation = new(store, TimeProvider.System);
        if (authority is not null)
        {
            keys.ShareOwn(() => authority.Secret);
        }

        // The store opens while the rest is composed, which needs it only to run: each takes its part of a start.
        var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = Task.Run(() => store.StartAsync(wait.Token), wait.Token);
        _parts.Keep("The opening of the store", async () =>
        {
            await wait.CancelAsync();
            await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait.Dispose();
        });

        var addresses = SuiteAddresses.Take(options);
        var embedded = options is { Dapr: [], Cluster: null };
        var endpoints = addresses.Endpoints();
        builder.WebHost.ConfigureKestrel(kestrel => addresses.Listen(kestrel, tls, authority, endpoints));
        builder.Host.UseOrleans(silo =>
        {
            if (authority is null)
            {
                SuiteAddresses.Join(silo);
            }
            else
            {
                SuiteSilo.Join(silo, options, authority, generation);
            }
        });
        SuiteServices services = new(options, folder, store, clock, endpoints, keys, rules, tls, authority);
        services.AddTo(builder, Own, port => addresses.IsOwn(port, endpoints));
        App = _parts.Keep("The application", builder.Build());
        services.MapTo(App);
        await WaitingServer.WhileAsync(opening, store, waiting => addresses.ListenWhileWaiting(waiting, tls), cancellationToken);
        var started = false;
        if (authority is not null)
        {
            await store.PatientlyAsync(() => authority.OpenAsync(cancellationToken), cancellationToken);
            await store.PatientlyAsync(() => generation.TakeAsync(cancellationToken), cancellationToken);

            // A start that fails halfway may have joined the others already, and leaves them in good order.
            _parts.Keep("The start", () => started ? Task.CompletedTask : App.StopAsync(CancellationToken.None));
        }

        await Task.WhenAll(
            App.StartAsync(cancellationToken),
            embedded
                ? Task.Run(() => StartSidecarAsync(options, addresses, endpoints, cancellationToken), cancellationToken)
                : Task.CompletedTask
        );
        started = true;
        _parts.Keep("A service", () => App.StopAsync(CancellationToken.None));
    }
}
