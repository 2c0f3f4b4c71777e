using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using EarlyWarning.Host.Composition;

namespace EarlyWarning.EndToEnd.Tests.Infrastructure;

/// <summary>A redis-server that keeps every write before it answers.</summary>
public sealed class RedisProcess(string folder) : IAsyncDisposable
{
    private readonly int _port = FreePort.Take();
    private Process? _process;

    public string ConnectionString => $"127.0.0.1:{_port},abortConnect=false";

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("redis-server",
        [
            "--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", "always",
            "--save", "", "--maxmemory-policy", "noeviction",
        ])
        {
            RedirectStandardOutput = true,
        })!;
        _process.BeginOutputReadLine();
        await Eventually.HoldsAsync(async () =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[7];
            await client.GetStream().ReadExactlyAsync(answer);
            return answer.AsSpan().SequenceEqual("+PONG\r\n"u8);
        }, "redis-server answers PING");
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
    }
}
