using System.Globalization;
using EarlyWarning.Host.Composition;

namespace EarlyWarning.EndToEnd.Tests.Infrastructure;

/// <summary>
/// One suite in several processes on a PostgreSQL of their own, each with a folder, addresses and services of its own; and, where a service
/// needs it, one that stands in for daprd.
/// </summary>
public sealed class ApartSuite : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<(SuiteProcess Process, string[] Arguments)> _processes = [];
    private readonly Dictionary<string, string> _dapr = [];
    private readonly Dictionary<string, List<int>> _callbacks = [];
    private PostgresServer _postgres = null!;
    private readonly List<SuiteProcess> _sidecars = [];

    private ApartSuite()
    {
        foreach (var app in new[] { "RISK", "NOTIFICATION", "ESCALATION" })
        {
            (_dapr[$"EW_DAPR_{app}_GRPC"], _dapr[$"EW_DAPR_{app}_HTTP"]) = (
                $"http://127.0.0.1:{FreePort.Take()}",
                $"http://127.0.0.1:{FreePort.Take()}"
            );
            _callbacks[app] = [];
        }

        (_dapr["DAPR_API_TOKEN"], _dapr["APP_API_TOKEN"]) = ("of-the-sidecar", "of-the-apps");
    }

    /// <summary>The processes, in the order of what was asked for.</summary>
    public IReadOnlyList<SuiteProcess> Processes => [.. _processes.Select(one => one.Process)];

    /// <summary>The connection string of the store.</summary>
    public string Store => _postgres.ConnectionString;

    /// <summary>What stands in for daprd: of several the first that is started serves, and the others stand by.</summary>
    public IReadOnlyList<SuiteProcess> Sidecars => _sidecars;

    /// <summary>What all processes have said.</summary>
    public string Output => string.Join("\n\n", Processes.Concat(_sidecars).Select(process => process.Output));

    /// <summary>Starts one process for each list of services, all at once, and waits until each is ready.</summary>
    public static Task<ApartSuite> StartAsync(params string[] services) => StartAsync(services, []);

    /// <summary>Starts one process for each list of services, all at once, with further arguments, and waits until each is ready.</summary>
    public static async Task<ApartSuite> StartAsync(string[] services, params string[] more)
    {
        var suite = new ApartSuite();
        try
        {
            suite._postgres = await PostgresServer.StartAsync();
            foreach (var list in services)
            {
                suite.Add(list, more);
            }

            foreach (var ports in suite._callbacks.Values.Where(ports => ports.Count == 0))
            {
                ports.Add(FreePort.Take());
            }

            suite.LaunchSidecar(more);
            await Task.WhenAll(Enumerable.Range(0, services.Length).Select(suite.StartAsync));
            return suite;
        }
        catch
        {
            await suite.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a process that is not started yet, and gives its place.</summary>
    public int Add(string services, params string[] more)
    {
        var process = SuiteProcess.In(_folder.In(_processes.Count.ToString(CultureInfo.InvariantCulture)), Store);
        Tell(process);
        foreach (var app in new[] { "NOTIFICATION", "ESCALATION" }.Where(app => services.Contains(app, StringComparison.OrdinalIgnoreCase)))
        {
            _callbacks[app].Add(FreePort.Take());
            process.Variables[$"EW_DAPR_{app}_APP_PORT"] = _callbacks[app][^1].ToString(CultureInfo.InvariantCulture);
        }

        _processes.Add((process, [.. Apart(services), .. more]));
        return _processes.Count - 1;
    }

    /// <summary>Where a process's silo listens.</summary>
    public int ClusterPort(int place) => int.Parse(_processes[place].Arguments[3].Split(':')[1], CultureInfo.InvariantCulture);

    /// <summary>Where the other processes call a process.</summary>
    public int PeerPort(int place) => int.Parse(_processes[place].Arguments[5].Split(':')[1], CultureInfo.InvariantCulture);

    /// <summary>Starts a process and waits until it is ready.</summary>
    public async Task StartAsync(int place)
    {
        var (process, arguments) = _processes[place];

        Assert.True(await process.StartAsync(null, arguments), process.Output);
    }

    /// <summary>
    /// Starts a process that has ended, with the addresses that it had; a start that fails is made again, as whoever supervises it does.
    /// </summary>
    public async Task RestartAsync(int place)
    {
        var (process, arguments) = _processes[place];
        for (var attempt = 0; attempt < 5; attempt++)
        {
            if (await process.StartAsync(null, arguments))
            {
                return;
            }
        }

        Assert.Fail(process.Output);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Processes)
        {
            await process.DisposeAsync();
        }

        foreach (var sidecar in _sidecars)
        {
            await sidecar.KillAsync();
            await sidecar.DisposeAsync();
        }

        await _postgres.DisposeAsync();
        _folder.Dispose();
    }

    private static string[] Apart(string services) =>
        ["--services", services, "--cluster", $"127.0.0.1:{FreePort.Take()}", "--peer", $"127.0.0.1:{FreePort.Take()}"];

    private void Tell(SuiteProcess process)
    {
        foreach (var (name, value) in _dapr)
        {
            process.Variables[name] = value;
        }
    }

    /// <summary>Starts what stands in for daprd; those that it serves wait for it.</summary>
    public SuiteProcess LaunchSidecar(params string[] more)
    {
        var sidecar = SuiteProcess.In(_folder.In($"sidecar-{_sidecars.Count}"), Store);
        Tell(sidecar);
        foreach (var app in new[] { "NOTIFICATION", "ESCALATION" })
        {
            sidecar.Variables[$"EW_DAPR_{app}_APP_PORT"] = string.Join(',', _callbacks[app]);
        }

        _sidecars.Add(sidecar);
        sidecar.Launch(null, [.. Apart("sidecar"), .. more]);
        return sidecar;
    }
}
