using System.Diagnostics;
using EarlyWarning.Host.Composition;

namespace EarlyWarning.TestKit;

/// <summary>
/// A redis-server process of its own, on a port that it keeps when it is killed and run again. As a cache has it: nothing is written to the
/// disk.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings) => _settings = settings;

    public int Port { get; } = FreePort.Take();

    public string ConnectionString => $"127.0.0.1:{Port},connectTimeout=500";

    /// <summary>Takes a port for one that is not there yet.</summary>
    public static RedisServer Absent(params string[] settings) => new(settings);

    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = Absent(settings);
        await server.RunAsync();
        return server;
    }

    /// <summary>Runs it, also again after a kill, until it takes connections.</summary>
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

    /// <summary>Lets it hang: it takes connections and answers nothing.</summary>
    public Task HangAsync() => SignalAsync("-STOP");

    public Task GoOnAsync() => SignalAsync("-CONT");

    /// <summary>Lets it forget everything.</summary>
    public async Task FlushAsync()
    {
        using var flush = Process.Start(
            new ProcessStartInfo("redis-cli", ["-p", $"{Port}", "flushall"]) { RedirectStandardOutput = true }
        )!;
        await flush.WaitForExitAsync();
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
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }
}
