using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>A redis-server process of its own on a free port, as a cache has it: nothing is written to the disk.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
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

    public string ConnectionString => $"127.0.0.1:{Port},connectTimeout=500";

    /// <summary>Takes a port for one that is not there yet.</summary>
    public static RedisServer Absent(params string[] settings) => new(settings);

    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = Absent(settings);
        await server.RunAsync();
        return server;
    }

    public async Task RunAsync()
    {
        string[] arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", Path.GetTempPath(), "--save", "", .. _settings];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
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

    /// <summary>Takes the place of an operator, or of a foreign program.</summary>
    public async Task<T> DoAsync<T>(Func<IDatabase, IServer, Task<T>> act)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{Port},allowAdmin=true");
        return await act(connection.GetDatabase(), connection.GetServers().Single());
    }

    public Task FlushAsync() => DoAsync(async (_, server) =>
    {
        await server.FlushAllDatabasesAsync();
        return true;
    });

    /// <summary>Counts the results that it keeps.</summary>
    public Task<int> CountAsync() => DoAsync((_, server) => Task.FromResult(server.Keys(pattern: "early-warning:*:result:*").Count()));

    /// <summary>Lets it hang: it takes connections and answers nothing.</summary>
    public Task HangAsync() => SignalAsync("-STOP");

    public Task GoOnAsync() => SignalAsync("-CONT");

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
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
