using System.Net;
using System.Net.Sockets;

namespace EarlyWarning.Notification.Channels.Webhook;

/// <summary>
/// Opens webhooks' connections: resolves a name, and connects to the addresses that it has checked and to no other, so that a name which
/// points elsewhere a moment later changes nothing. Thread-safe.
/// </summary>
/// <param name="targets">Which addresses may be reached.</param>
/// <param name="resolve">Asks for a name's addresses.</param>
internal sealed class WebhookConnections(WebhookTargets targets, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>Connects for a request.</summary>
    /// <exception cref="WebhookRefusedException">None of the addresses may be reached.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var url = context.InitialRequestMessage.RequestUri!;
        var direct = port == url.Port && string.Equals(host.Trim('[', ']'), url.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
        if (!direct && IPAddress.TryParse(url.IdnHost, out var literal))
        {
            Check(url.IdnHost, [literal], url.Port);
        }

        // What stands between is the operators' proxy, wherever they have it: names are resolved there.
        var found = await resolve(host, cancellationToken);
        var allowed = direct ? Check(host, found, port) : found;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private IPAddress[] Check(string host, IPAddress[] found, int port)
    {
        IPAddress[] allowed = [.. found.Where(address => targets.Refusal(address, port) is null)];
        return allowed.Length > 0 || found.Length == 0
            ? allowed
            : throw new WebhookRefusedException(
                $"{host} is {found[0]} (port {port}) now, which is {targets.Refusal(found[0], port)}: no webhook may go there. Correct "
                    + $"the address in the directory, or the name."
            );
    }
}

/// <summary>An address that no webhook may reach; the message is for a receipt.</summary>
internal sealed class WebhookRefusedException(string message) : Exception(message);
