using System.Net;
using System.Net.Sockets;

namespace EarlyWarning.EndToEnd.Tests.Infrastructure;

/// <summary>Ports that nobody has, each once, below those that a system gives to outgoing connections.</summary>
internal static class FreePort
{
    private const int Lowest = 10_000;
    private const int Count = 20_000;
    private static int s_next = Random.Shared.Next(Count);

    public static int Take()
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var port = Lowest + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's; the next one.
            }
        }
    }
}
