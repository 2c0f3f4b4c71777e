using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <summary>Somebody who reaches a port of the suite's own and is none of its processes.</summary>
internal static class Stranger
{
    /// <summary>Connects without TLS, as an Orleans client does, sends some bytes and reads.</summary>
    /// <returns>How many bytes it was sent before the connection ended.</returns>
    public static async Task<int> PlainAsync(int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port);
        return await ReadAsync(socket.GetStream());
    }

    /// <summary>Connects with TLS, trusting whoever answers, and shows a certificate.</summary>
    /// <param name="port">The port.</param>
    /// <param name="shown">The certificate; <see langword="null"/> for none.</param>
    /// <returns>How many bytes it was sent after the handshake.</returns>
    public static async Task<int> TlsAsync(int port, X509Certificate2? shown)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port);
        await using var stream = new SslStream(socket.GetStream(), false, (_, shown, _, _) => shown is not null);
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = "early-warning", ClientCertificates = shown is null ? null : [shown] }
            );
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return 0;
        }

        return await ReadAsync(stream);
    }

    private static async Task<int> ReadAsync(Stream stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var (read, buffer) = (0, new byte[4096]);
        try
        {
            await stream.WriteAsync(new byte[64], patience.Token);
            for (int count; (count = await stream.ReadAsync(buffer, patience.Token)) > 0; )
            {
                read += count;
            }
        }
        catch (IOException)
        {
            // Ended by the other side.
        }

        return read;
    }
}
