using System.Net;
using System.Net.Sockets;

namespace EarlyWarning.TestKit;

/// <summary>
/// Passes bytes to a port of this machine and back, until it is cut: then it keeps every connection open, takes new ones, and passes
/// nothing without a word, as a firewall does. What was held passes once it is mended.
/// </summary>
public sealed class SilentProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _behind;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _open = new();

    /// <summary>Begins to pass bytes.</summary>
    /// <param name="behind">The port to which it passes them.</param>
    public SilentProxy(int behind)
    {
        _behind = behind;
        _open.SetResult();
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>From here on nothing passes.</summary>
    public void Cut() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All passes again.</summary>
    public void Mend() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> passing = [];
        try
        {
            while (true)
            {
                passing.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                await _open.Task.WaitAsync(_stopping.Token);
                await far.ConnectAsync(IPAddress.Loopback, _behind, _stopping.Token);
                await await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // One side has gone, and so goes the other.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var bytes = new byte[64 << 10];
        while (await from.GetStream().ReadAsync(bytes, _stopping.Token) is var count and > 0)
        {
            await _open.Task.WaitAsync(_stopping.Token);
            await to.GetStream().WriteAsync(bytes.AsMemory(0, count), _stopping.Token);
        }
    }
}
