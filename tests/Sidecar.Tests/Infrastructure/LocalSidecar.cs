using Dapr.Client;
using EarlyWarning.Host.Composition;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Sidecar.Tests.Infrastructure;

/// <summary>Our sidecar on fixed ports, so that it can be stopped and started under its clients.</summary>
internal sealed class LocalSidecar(IJournals journals, SidecarOptions options, TimeProvider? time = null) : IAsyncDisposable
{
    private SidecarHost? _host;

    public SidecarHost Host => _host ?? throw new InvalidOperationException("The sidecar is stopped.");

    /// <summary>Options with a port for everything, and a folder of the test's or that of the conformance suite.</summary>
    public static SidecarOptions Options(IEnumerable<SidecarApp> apps, string? folder = null) =>
        new()
        {
            ConfigurationFolder = folder ?? Path.Combine(AppContext.BaseDirectory, "Resources"),
            Apps = [.. apps.Select(app => app with { GrpcPort = FreePort.Take(), HttpPort = FreePort.Take() })],
            ProbeInterval = TimeSpan.FromMilliseconds(100),
        };

    public async Task StartAsync() =>
        _host = await SidecarHost.StartAsync(
            options,
            journals,
            time ?? TimeProvider.System,
            NullLoggerFactory.Instance,
            CancellationToken.None
        );

    public async Task StopAsync()
    {
        if (_host is { } host)
        {
            _host = null;
            await host.DisposeAsync();
        }
    }

    public DaprClient Client(string appId)
    {
        var app = options.Apps.Single(app => app.AppId == appId);
        return new DaprClientBuilder()
            .UseGrpcEndpoint($"http://127.0.0.1:{app.GrpcPort}")
            .UseHttpEndpoint($"http://127.0.0.1:{app.HttpPort}")
            .UseDaprApiToken(app.DaprApiToken)
            .Build();
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
