using EarlyWarning.Host.Composition;
using EarlyWarning.Sidecar;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.EndToEnd.Tests.Infrastructure;

/// <summary>The sidecar of a suite of several processes, in the test's process; it keeps its messages in memory.</summary>
internal sealed class ApartSidecar : IAsyncDisposable
{
    /// <summary>As many processes of one service as a test may start.</summary>
    private const int Most = 3;

    private static readonly (string AppId, string Service, bool Subscribes)[] s_apps =
        [("risk", "risk", false), ("notification", "notification", true), ("escalation", "escalation", true)];

    private readonly TestStore _store = new(TimeProvider.System);
    private readonly Dictionary<string, Queue<int>> _unused = new(StringComparer.Ordinal);
    private readonly List<SidecarApp> _apps = [];
    private SidecarHost? _host;

    public async Task StartAsync()
    {
        foreach (var (appId, _, subscribes) in s_apps)
        {
            int[] ports = [.. Enumerable.Range(0, subscribes ? Most : 0).Select(_ => FreePort.Take())];
            _unused[appId] = new(ports);
            _apps.Add(new(appId, ports, "to-the-sidecar", "to-the-app", FreePort.Take(), FreePort.Take()));
        }

        _host = await SidecarHost.StartAsync(
            new() { ConfigurationFolder = Path.Combine(Path.GetDirectoryName(SuiteProcess.HostExecutable)!, "dapr"), Apps = _apps },
            _store, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
    }

    /// <summary>What tells a process of its sidecars.</summary>
    /// <param name="services">The services that it runs, by their names with commas.</param>
    public IEnumerable<(string Name, string Value)> Variables(string services)
    {
        yield return ("DAPR_API_TOKEN", "to-the-sidecar");
        yield return ("APP_API_TOKEN", "to-the-app");
        foreach (var (appId, service, subscribes) in s_apps.Where(app => services == "all" || services.Split(',').Contains(app.Service)))
        {
            var (app, prefix) = (_apps.Single(app => app.AppId == appId), $"EW_DAPR_{appId.ToUpperInvariant()}_");
            yield return (prefix + "GRPC", $"http://127.0.0.1:{app.GrpcPort}");
            yield return (prefix + "HTTP", $"http://127.0.0.1:{app.HttpPort}");
            if (subscribes)
            {
                yield return (prefix + "APP_PORT", _unused[appId].Dequeue().ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _store.DisposeAsync();
    }
}
