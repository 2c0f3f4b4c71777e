using System.Net;
using System.Net.Sockets;
using EarlyWarning.Host.Composition;

namespace EarlyWarning.EndToEnd.Tests.Samples;

/// <summary>
/// Passes bytes to a port of this machine and back until it is cut: then every connection breaks, and none is taken until it is open again.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly int _behind;
    private readonly List<Task> _passing = [];
    private TcpListener? _listener;
    private CancellationTokenSource _open = new();
    private long _left;

    public Relay(int behind)
    {
        (_behind, Port) = (behind, FreePort.Take());
        Open();
    }

    public int Port { get; }

    public bool IsCut
    {
        get
        {
            lock (_lock)
            {
                return _listener is null;
            }
        }
    }

    /// <summary>Takes connections; cut by itself once so many bytes have gone to the other side.</summary>
    public void Open(long upTo = long.MaxValue)
    {
        lock (_lock)
        {
            (_left, _open) = (upTo, new());
            _listener ??= new(IPAddress.Loopback, Port);
            _listener.Start();
            _passing.Add(AcceptAsync(_listener, _open.Token));
        }
    }

    public void Cut()
    {
        lock (_lock)
        {
            _listener?.Stop();
            _listener = null;
            _open.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        Task[] passing;
        lock (_lock)
        {
            passing = [.. _passing];
        }

        await Task.WhenAll(passing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _open.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken open)
    {
        while (!open.IsCancellationRequested)
        {
            try
            {
                var near = await listener.AcceptTcpClientAsync(open);
                lock (_lock)
                {
                    _passing.Add(PassAsync(near, open));
                }
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(TcpClient near, CancellationToken open)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _behind, open);
                await await Task.WhenAny(CopyAsync(near, far, counted: true, open), CopyAsync(far, near, counted: false, open));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // Cut, or one side has gone, and so goes the other.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool counted, CancellationToken open)
    {
        var bytes = new byte[4 << 10];
        while (await from.GetStream().ReadAsync(bytes, open) is var count and > 0)
        {
            await to.GetStream().WriteAsync(bytes.AsMemory(0, count), open);
            if (counted && Interlocked.Add(ref _left, -count) <= 0)
            {
                Cut();
            }
        }
    }
}
