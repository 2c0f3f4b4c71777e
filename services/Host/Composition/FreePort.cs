using System.Net;
using System.Net.Sockets;

namespace EarlyWarning.Host.Composition;

/// <summary>Ports of the loopback interface that nobody listens on. Tests and the load driver compile this file too.</summary>
internal static class FreePort
{
    // Below those that a system gives to outgoing connections, one of which could take a port before it is listened on.
    private const int Lowest = 10_000;
    private const int Count = 20_000;
    private static int s_next = Random.Shared.Next(Count);

    /// <summary>Takes the next one, so that this process is given each once.</summary>
    /// <param name="reserved">Ports that somebody is about to listen on.</param>
    public static int Take(params ReadOnlySpan<int> reserved)
    {
        int port;
        do
        {
            port = Lowest + (int)((uint)Interlocked.Increment(ref s_next) % Count);
        } while (reserved.Contains(port) || !IsFree(new(IPAddress.Loopback, port)));
        return port;
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
