using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>A redis-server process of its own on a free port, by default in the form that the store demands.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    public static readonly string[] Durable = ["--appendonly", "yes", "--appendfsync", "always"];

    private readonly TempFolder _folder = new();
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings)
    {
        _settings = settings;
        using Socket probe = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        RedisServer server = new(settings.Length == 0 ? Durable : settings);
        await server.RunAsync();
        return server;
    }

    public async Task RunAsync()
    {
        ProcessStartInfo start = new("redis-server") { RedirectStandardOutput = true };
        string[] arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder.Path, "--save", "", .. _settings];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException("redis-server ended before it was ready.");
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _folder.Dispose();
    }
}
