using System.Net;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Access.Names;

/// <summary>
/// Under which names the suite is called, and which web pages beside its own may call it. Immutable.
/// </summary>
/// <remarks>
/// A web page can make a browser call a name that its owner points at any address, this one too; to the browser that call is the page's
/// own. Only the name gives it away. Addresses cannot be pointed anywhere, so where the suite listens on every address of the machine each
/// of them is taken:
/// behind a translated or published port it does not know its own.
/// </remarks>
public sealed class ServedNames
{
    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;
    private readonly IPAddress[] _addresses;
    private readonly HashSet<string> _names;
    private readonly bool _everyAddress;

    /// <summary>Makes the names.</summary>
    /// <param name="addresses">The addresses that the suite listens on.</param>
    /// <param name="hosts">Further names and addresses, without a port.</param>
    /// <param name="origins">The origins of web pages that may call, as browsers write them, such as <c>https://desk.example</c>.</param>
    public ServedNames(IEnumerable<IPAddress> addresses, IEnumerable<string> hosts, IReadOnlyList<string> origins)
    {
        IPAddress[] listened = [.. addresses];
        _everyAddress = listened.Any(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        _names = new(StringComparer.OrdinalIgnoreCase) { "localhost" };
        List<IPAddress> taken = [.. listened];
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                taken.Add(address);
            }
            else
            {
                _names.Add(host);
            }
        }

        _addresses = [.. taken];
        Origins = origins;
    }

    /// <summary>Gets the origins of web pages that may call, beside the suite's own.</summary>
    public IReadOnlyList<string> Origins { get; }

    /// <summary>Gets loopback alone, and no other page: what a suite is that was told of nothing.</summary>
    public static ServedNames Loopback { get; } = new([IPAddress.Loopback], [], []);

    /// <summary>Whether a call is addressed to the suite by a name of its own.</summary>
    /// <param name="host">The <c>Host</c> header, or <c>:authority</c>.</param>
    public bool Serves(HostString host)
    {
        if (!host.HasValue)
        {
            return false;
        }

        // A name may be written with the dot of the root behind it.
        var name = host.Host.EndsWith('.') ? host.Host[..^1] : host.Host;
        return _names.Contains(name)
            || (
                IPAddress.TryParse(name, out var address)
                && (_everyAddress || IPAddress.IsLoopback(address) || _addresses.Contains(address))
            );
    }

    /// <summary>Whether a page of an origin may call: one of the suite's own, or a named one.</summary>
    /// <param name="origin">The <c>Origin</c> header.</param>
    /// <param name="host">How the call is addressed, which <see cref="Serves"/>.</param>
    public bool Takes(string origin, HostString host)
    {
        if (Origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        // The scheme is that of whatever stands before the suite, which alone says what a missing port is.
        return Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && (page.Scheme == Uri.UriSchemeHttp || page.Scheme == Uri.UriSchemeHttps)
            && page.Authority.Length > 0
            && page.Host.Equals(host.Host, AnyCase)
            && page.Port == (host.Port ?? (page.Scheme == Uri.UriSchemeHttps ? 443 : 80));
    }
}
