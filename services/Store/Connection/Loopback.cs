using System.Net;
using System.Net.Sockets;

namespace EarlyWarning.Store.Connection;

/// <summary>Servers of this process's own on the loopback interface.</summary>
internal static class Loopback
{
    private const int Attempts = 10;

    /// <summary>Starts a server on a free port, on another one where somebody was faster to take it.</summary>
    public static (IPEndPoint Endpoint, T Server) Start<T>(Func<IPEndPoint, T> start)
    {
        for (var attempt = 1; ; attempt++)
        {
            IPEndPoint endpoint = new(IPAddress.Loopback, FreePort());
            try
            {
                return (endpoint, start(endpoint));
            }
            catch (SocketException) when (attempt < Attempts)
            {
                // Somebody was faster.
            }
        }
    }

    private static int FreePort()
    {
        using Socket probe = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
