using System.Diagnostics;
using EarlyWarning.Access.Roles;
using EarlyWarning.EndToEnd.Tests.Durability;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.Host.Composition;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.EndToEnd.Tests.Faults;

/// <summary>
/// A suite of several processes on one PostgreSQL and one Redis: three silos in networks of their own, two processes of each service that
/// is told of events, one of the others, and the sidecar with a second one that stands by.
/// </summary>
internal sealed class FaultSuite : IAsyncDisposable
{
    public const int Silos = 3;
    private static readonly string[] s_apps = ["risk", "notification", "escalation"];
    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _relays = [];
    private readonly Dictionary<string, string> _dapr = [];
    private readonly Dictionary<string, SuiteProcess> _processes = [];
    private string _key = "";

    public Networks Networks { get; private set; } = null!;

    public PostgresServer Postgres { get; private set; } = null!;

    public RedisServer Redis { get; private set; } = null!;

    public WebhookReceiver Receiver { get; private set; } = null!;

    /// <summary>Calls any of the silos, as a partner does that knows their addresses: the next one where one does not answer.</summary>
    public GrpcChannel Channel { get; private set; } = null!;

    public SuiteProcess this[string name] => _processes[name];

    public IEnumerable<string> Names => _processes.Keys;

    /// <summary>What all processes have said.</summary>
    public string Output => string.Join('\n', _processes.Select(process => $"== {process.Key}\n{process.Value.Output}"));

    public static async Task<FaultSuite> StartAsync()
    {
        var suite = new FaultSuite();
        try
        {
            await suite.RunAsync();
            return suite;
        }
        catch
        {
            await suite.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Channel?.Dispose();
        foreach (var process in _processes.Values)
        {
            await process.DisposeAsync();
        }

        foreach (var relay in _relays)
        {
            relay.Kill();
            relay.Dispose();
        }

        foreach (var part in new IAsyncDisposable?[] { Receiver, Redis, Postgres, Networks })
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        _folder.Dispose();
    }

    private async Task RunAsync()
    {
        Networks = await Networks.CreateAsync(Silos);
        Postgres = await PostgresServer.StartAsync(Networks.Store);
        Redis = await RedisServer.StartAsync();
        Receiver = await WebhookReceiver.StartAsync();
        _key = await KeyAsync();
        var ports = s_apps.ToDictionary(app => app, _ => (Grpc: FreePort.Take(), Http: FreePort.Take()));
        var appPorts = s_apps[1..].ToDictionary(app => app, _ => new[] { FreePort.Take(), FreePort.Take() });
        foreach (var (app, port) in ports)
        {
            var prefix = $"EW_DAPR_{app.ToUpperInvariant()}_";
            _dapr[$"{prefix}GRPC"] = $"http://127.0.0.1:{port.Grpc}";
            _dapr[$"{prefix}HTTP"] = $"http://127.0.0.1:{port.Http}";
            _dapr[$"{prefix}APP_PORT"] = string.Join(',', appPorts.GetValueOrDefault(app, []));
        }

        // What is on this machine's loopback is reached from the silos' own, as a sidecar beside each would be.
        int[] risk = [ports["risk"].Grpc, ports["risk"].Http];
        Relay(null, risk.Select(port => $"{Networks.Outside}:{port}=127.0.0.1:{port}"));
        Add("sidecar", "sidecar");
        Add("sidecar 2", "sidecar");
        for (var n = 0; n < Silos; n++)
        {
            Relay(Networks.Of(n), risk.Select(port => $"127.0.0.1:{port}={Networks.Outside}:{port}"));
            Add($"silo {n + 1}", "indicators,risk", (Networks.Of(n), Networks.Address(n)));
        }

        Add("scoring", "scoring");
        Add("ledger and board", "ledger,board");
        foreach (var (app, n) in s_apps[1..].SelectMany(app => appPorts[app].Select((_, n) => (app, n))))
        {
            Add($"{app} {n + 1}", app).Variables[$"EW_DAPR_{app.ToUpperInvariant()}_APP_PORT"] = $"{appPorts[app][n]}";
        }

        // One after the other: all at once leave none of them time to answer.
        foreach (var (name, process) in _processes)
        {
            Assert.True(await process.StartAsync(), $"{name} did not start. It said:\n{process.Output}");
        }

        Channel = Connect();
    }

    private SuiteProcess Add(string name, string services, (string Name, string Address)? network = null)
    {
        var folder = _folder.In(name.Replace(' ', '-'));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "directory.yaml"), Ledgers.Directory(Receiver.Address));
        var address = network?.Address ?? Networks.Outside;
        var process = SuiteProcess.In(folder, PostgresServer.ConnectionThrough(Postgres.Port, Networks.Store), network: network);
        foreach (var (variable, value) in _dapr)
        {
            process.Variables[variable] = value;
        }

        process.Variables["EW_SERVICES"] = services;
        process.Variables["EW_CLUSTER"] = $"{address}:{FreePort.Take()}";
        process.Variables["EW_PEER"] = $"{address}:{FreePort.Take()}";
        process.Variables["EW_KEYS"] = _folder.In("keys.json");
        process.Variables["EW_CACHE"] = network is null ? Redis.ConnectionString : "";
        process.Key = _key;
        return _processes[name] = process;
    }

    private async Task<string> KeyAsync()
    {
        using var keys = Process.Start(
            new ProcessStartInfo(
                SuiteProcess.HostExecutable,
                [
                    "keys",
                    "add",
                    "partner",
                    "--keys",
                    _folder.In("keys.json"),
                    .. AccessRoleNames.All.SelectMany(role => new[] { "--role", role }),
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var key = await keys.StandardOutput.ReadToEndAsync();
        await keys.WaitForExitAsync();
        return key.Trim();
    }

    private void Relay(string? network, IEnumerable<string> pairs)
    {
        string[] command = ["python3", Path.Combine(AppContext.BaseDirectory, "Faults", "relay.py"), .. pairs];
        command = network is null ? command : ["ip", "netns", "exec", network, .. command];
        _relays.Add(Process.Start(new ProcessStartInfo(command[0], command[1..]))!);
    }

    private GrpcChannel Connect()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ResolverFactory>(
            new StaticResolverFactory(_ =>
                [
                    .. Enumerable
                        .Range(1, Silos)
                        .Select(n => this[$"silo {n}"].Grpc)
                        .Select(address => new BalancerAddress(address.Host, address.Port)),
                ]
            )
        );
        return GrpcChannel.ForAddress(
            "static:///silos",
            new()
            {
                ServiceProvider = services.BuildServiceProvider(),
                ServiceConfig = new() { LoadBalancingConfigs = { new RoundRobinConfig() } },
                MaxReceiveMessageSize = 64 << 20,
                MaxReconnectBackoff = TimeSpan.FromSeconds(1),
                UnsafeUseInsecureChannelCallCredentials = true,
                Credentials = ChannelCredentials.Create(
                    ChannelCredentials.Insecure,
                    CallCredentials.FromInterceptor(
                        (_, metadata) =>
                        {
                            metadata.Add("authorization", $"Bearer {_key}");
                            return Task.CompletedTask;
                        }
                    )
                ),

                // A silo that stands still, or cannot be reached, is left for the others.
                HttpHandler = new SocketsHttpHandler
                {
                    ConnectTimeout = TimeSpan.FromSeconds(1),
                    KeepAlivePingDelay = TimeSpan.FromSeconds(1),
                    KeepAlivePingTimeout = TimeSpan.FromSeconds(1),
                },
            }
        );
    }
}
