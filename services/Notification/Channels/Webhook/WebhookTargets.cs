using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using EarlyWarning.Notification.Configuration;

namespace EarlyWarning.Notification.Channels.Webhook;

/// <summary>Which addresses a webhook may reach, whatever its name resolves to at an attempt. Thread-safe.</summary>
/// <param name="options">What the operators allow.</param>
/// <param name="exercise">Nothing but this machine may be reached.</param>
internal sealed class WebhookTargets(NotificationOptions options, bool exercise)
{
    /// <summary>
    /// Addresses at which providers of machines tell a machine its secrets, beyond those that are link-local: Amazon's and Google's by
    /// IPv6, Alibaba's, Azure's, Oracle's.
    /// </summary>
    private static readonly FrozenSet<IPAddress> s_metadata = new[]
    {
        "fd00:ec2::254",
        "fd20:ce::254",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
    }
        .Select(IPAddress.Parse)
        .ToFrozenSet();

    private static readonly IPNetwork[] s_nobody = Networks("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "ff00::/8");
    private static readonly IPNetwork[] s_linkLocal = Networks("169.254.0.0/16", "fe80::/10");
    private static readonly IPNetwork[] s_private = Networks(
        "10.0.0.0/8",
        "100.64.0.0/10",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "fc00::/7",
        "fec0::/10"
    );

    /// <summary>Forms of IPv6 that stand for an address of IPv4, and where that begins.</summary>
    private static readonly (IPNetwork Network, int Start)[] s_translated =
    [
        (IPNetwork.Parse("::ffff:0:0/96"), 12),
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <summary>Why an address may not be reached; <see langword="null"/> where it may.</summary>
    public string? Refusal(IPAddress address, int port)
    {
        if (address.Equals(IPAddress.IPv6Any))
        {
            return "nobody's address";
        }

        var meant = IPAddress.IsLoopback(address) ? address : Plain(address);
        return s_metadata.Contains(meant) || IsIn(s_linkLocal, meant) ? "link-local, or where a provider's machines are told their secrets"
            : IsIn(s_nobody, meant) ? "nobody's address, or everybody's"
            : options.IsOwnPort(port) && IsThisMachine(meant) ? "a port of this suite itself"
            : exercise && !IPAddress.IsLoopback(meant) ? "not on this machine, and this is an exercise"
            : options.PublicWebhooksOnly && !exercise && (IPAddress.IsLoopback(meant) || IsIn(s_private, meant))
                ? "on this machine or a private network, and the suite was started with --public-webhooks-only"
            : null;
    }

    /// <summary>The address of IPv4 that one of IPv6 stands for, or itself.</summary>
    private static IPAddress Plain(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            foreach (var (network, start) in s_translated)
            {
                if (network.Contains(address))
                {
                    return new(address.GetAddressBytes().AsSpan(start, 4));
                }
            }
        }

        // Without its zone it is one of a list.
        return address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new(address.GetAddressBytes()) : address;
    }

    private static bool IsThisMachine(IPAddress address) =>
        IPAddress.IsLoopback(address)
        || NetworkInterface
            .GetAllNetworkInterfaces()
            .Any(one => one.GetIPProperties().UnicastAddresses.Any(own => Plain(own.Address).Equals(address)));

    private static bool IsIn(IPNetwork[] networks, IPAddress address) => networks.Any(network => network.Contains(address));

    private static IPNetwork[] Networks(params string[] texts) => [.. texts.Select(text => IPNetwork.Parse(text))];
}
