using System.Net;
using System.Net.Sockets;

namespace EarlyWarning.Host.Composition;

/// <summary>Ports of the loopback interface that nobody listens on, for what only the suite itself connects to.</summary>
internal static class FreePort
{
    // Below those that a system gives to outgoing connections, one of which could take a port before the suite does.
    private const int Lowest = 10_000;
    private const int Count = 20_000;

    /// <summary>Takes several at once, so that they differ.</summary>
    public static int[] Take(int count)
    {
        var start = Random.Shared.Next(Count);
        return [.. Enumerable.Range(start, Count).Select(n => Lowest + (n % Count)).Where(port => IsFree(new(IPAddress.Loopback, port))).Take(count)];
    }

    /// <summary>Whether nobody listens there yet.</summary>
    public static bool IsFree(IPEndPoint endpoint)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
