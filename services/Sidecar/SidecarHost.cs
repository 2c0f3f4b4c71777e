using System.Net;
using EarlyWarning.Sidecar.Api;
using EarlyWarning.Sidecar.Broker;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Sidecar.Delivery;
using EarlyWarning.Store.Journals;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Sidecar;

/// <summary>
/// Dapr's publish and subscribe on one machine without daprd: one sidecar for each app id, in this process, on loopback, keeping its
/// messages in the store. May be started before or after the apps listen.
/// </summary>
public sealed class SidecarHost : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly MessageBroker _broker;
    private readonly IReadOnlyDictionary<string, AppDelivery> _deliveries;

    private SidecarHost(
        WebApplication web,
        MessageBroker broker,
        IReadOnlyDictionary<string, AppDelivery> deliveries,
        IReadOnlyList<SidecarEndpoint> endpoints
    )
    {
        (_web, _broker, _deliveries, Endpoints) = (web, broker, deliveries, endpoints);
    }

    /// <summary>Where the sidecar of each app id listens, in the order of the options.</summary>
    public IReadOnlyList<SidecarEndpoint> Endpoints { get; }

    /// <summary>What could not be handled.</summary>
    public IDeadLetters DeadLetters => _broker;

    /// <summary>What still has to be delivered.</summary>
    public IUndelivered Undelivered => _broker;

    /// <summary>Completes when another sidecar has taken over the messages; this one takes and delivers nothing from then on.</summary>
    public Task TakenOver => _broker.TakenOver;

    /// <summary>Reads the configuration, takes up what was not delivered before, and listens.</summary>
    /// <param name="options">App ids, folder and limits.</param>
    /// <param name="journals">Where messages are kept; it has to outlive this.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="DaprConfigurationException">The folder asks for something that is not supported.</exception>
    /// <exception cref="Store.Faults.StoreUnavailableException">The store does not answer.</exception>
    public static async Task<SidecarHost> StartAsync(
        SidecarOptions options,
        IJournals journals,
        TimeProvider time,
        ILoggerFactory loggers,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var configuration = DaprFolder.Load(options.ConfigurationFolder);
        var logger = loggers.CreateLogger("EarlyWarning.Sidecar");
        var broker = await MessageBroker.OpenAsync(
            journals,
            options,
            MayStillSubscribe(options, configuration),
            time,
            logger,
            cancellationToken
        );
        var deliveries = options
            .Apps.Where(app => app.AppPorts.Count > 0)
            .ToDictionary(
                app => app.AppId,
                app => new AppDelivery(app, configuration, broker, options.ProbeInterval, time, logger),
                StringComparer.Ordinal
            );
        var web = Build(loggers);
        try
        {
            var listening = options
                .Apps.Select(app => Listen(web, new(app, configuration, broker, deliveries.GetValueOrDefault(app.AppId), time)))
                .ToList();
            broker.Start(message => Route(message, deliveries));
            await web.StartAsync(cancellationToken);
            var endpoints = listening.Select(pair => new SidecarEndpoint(pair.App, Address(pair.Grpc), Address(pair.Http))).ToList();
            foreach (var delivery in deliveries.Values)
            {
                delivery.Start();
            }

            return new(web, broker, deliveries, endpoints);
        }
        catch
        {
            await StopAsync(web, broker, deliveries);
            throw;
        }
    }

    /// <summary>Stops listening and delivering. What was not acknowledged is delivered after the next start.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(_web, _broker, _deliveries);

    private static async Task StopAsync(WebApplication web, MessageBroker broker, IReadOnlyDictionary<string, AppDelivery> deliveries)
    {
        await web.StopAsync(CancellationToken.None);
        await web.DisposeAsync();
        await Task.WhenAll(deliveries.Values.Select(delivery => delivery.DisposeAsync().AsTask()));
        await broker.DisposeAsync();
    }

    private static void Route(BrokerMessage message, Dictionary<string, AppDelivery> deliveries)
    {
        foreach (var appId in message.Waiting)
        {
            deliveries.GetValueOrDefault(appId)?.Enqueue(message);
        }
    }

    /// <summary>
    /// An app that has never answered might subscribe to whatever its scopes permit; messages are held for it until it says.
    /// </summary>
    private static Func<string, string, IEnumerable<string>> MayStillSubscribe(SidecarOptions options, DaprFolder configuration) =>
        (pubSub, topic) =>
            options
                .Apps.Where(app =>
                    app.AppPorts.Count > 0 && configuration.Find(pubSub, app.AppId)?.Topics.MaySubscribe(app.AppId, topic) == true
                )
                .Select(app => app.AppId);

    private static WebApplication Build(ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(loggers);
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddRouting();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 4 * 1024 * 1024);
        builder.Services.AddSingleton<DaprApi>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IServiceMethodProvider<DaprApi>, DaprMethods>());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var web = builder.Build();
        web.UseRouting();
        web.MapGrpcService<DaprApi>();
        web.MapHttpApi();
        return web;
    }

    /// <summary>One pair of ports. What comes in by them belongs to this app id, whatever it says of itself.</summary>
    private static (SidecarApp App, ListenOptions Grpc, ListenOptions Http) Listen(WebApplication web, SidecarInstance sidecar)
    {
        var kestrel = web.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<KestrelServerOptions>>().Value;
        return (sidecar.App, Port(sidecar.App.GrpcPort, HttpProtocols.Http2), Port(sidecar.App.HttpPort, HttpProtocols.Http1));

        ListenOptions Port(int port, HttpProtocols protocols)
        {
            ListenOptions? listen = null;
            kestrel.Listen(IPAddress.Loopback, port, options =>
            {
                options.Protocols = protocols;
                options.Use(next =>
                    connection =>
                    {
                        connection.Features.Set(sidecar);
                        return next(connection);
                    }
                );
                listen = options;
            });
            return listen!;
        }
    }

    private static Uri Address(ListenOptions listen) => new($"http://127.0.0.1:{listen.IPEndPoint!.Port}");

    /// <summary>Signals are the suite's: it stops the sidecar after the services that still publish.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
