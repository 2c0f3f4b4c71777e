using System.Diagnostics;
using EarlyWarning.Host.Composition;

namespace EarlyWarning.TestKit;

/// <summary>
/// A redis-server process of its own, on a port that it keeps when it is killed and run again; by default in the form that the store demands.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly string[] s_durable = ["--appendonly", "yes", "--appendfsync", "always"];

    private readonly TemporaryFolder? _own;
    private readonly string _folder;
    private readonly string[] _settings;
    private Process? _process;

    /// <summary>Prepares one that is yet to be run.</summary>
    /// <param name="folder">Where it keeps its files; <see langword="null"/> for a folder that goes with it.</param>
    /// <param name="settings">Its settings; those of a durable store where there are none.</param>
    public RedisServer(string? folder = null, params string[] settings)
    {
        _own = folder is null ? new() : null;
        _folder = folder ?? _own!.Path;
        _settings = settings.Length == 0 ? s_durable : settings;
    }

    /// <summary>The settings with which every write is kept before it is answered.</summary>
    public static IReadOnlyList<string> Durable => s_durable;

    public int Port { get; } = FreePort.Take();

    public string ConnectionString => $"127.0.0.1:{Port}";

    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = new RedisServer(null, settings);
        await server.RunAsync();
        return server;
    }

    /// <summary>Runs it, also again after a kill, until it takes connections.</summary>
    public async Task RunAsync()
    {
        ProcessStartInfo start = new("redis-server") { RedirectStandardOutput = true };
        string[] arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder, "--save", "", .. _settings];
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

        _own?.Dispose();
    }
}
