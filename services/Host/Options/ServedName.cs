using System.Net;

namespace EarlyWarning.Host.Options;

/// <summary>One of the names that <c>--host</c> and <c>--origin</c> give.</summary>
/// <param name="Text">The name as requests have it.</param>
/// <param name="Fault">Why it is none; <see langword="null"/> where it is one.</param>
internal sealed record ServedName(string Text, string? Fault)
{
    /// <summary>Reads a name or an address, without a port.</summary>
    public static ServedName Host(string option, string given)
    {
        var text = given.StartsWith('[') && given.EndsWith(']') ? given[1..^1] : given;
        return Uri.CheckHostName(text) switch
        {
            UriHostNameType.Dns when text.All(char.IsAscii) => new(text.ToLowerInvariant(), null),
            UriHostNameType.IPv4 or UriHostNameType.IPv6 when IPAddress.TryParse(text, out var address) => new(address.ToString(), null),
            UriHostNameType.Dns => new(given, $"{option} takes names as they are sent: write '{given}' in its form with xn--."),
            _ => new(given, $"{option} takes names or addresses without scheme, port or *, such as ew.example.org; not '{given}'."),
        };
    }

    /// <summary>Reads an origin, which it gives as browsers write it.</summary>
    public static ServedName Origin(string option, string given) =>
        Uri.TryCreate(given, UriKind.Absolute, out var origin)
        && (origin.Scheme == Uri.UriSchemeHttps || origin.Scheme == Uri.UriSchemeHttp)
        && origin is { PathAndQuery: "/", UserInfo: "", Fragment: "" }
        && Host(option, origin.Host).Fault is null
            ? new(origin.GetLeftPart(UriPartial.Authority), null)
            : new(
                given,
                $"{option} takes origins as browsers write them, scheme, name and a port other than the scheme's own, such as "
                    + $"https://desk.example.org; not '{given}'."
            );
}
