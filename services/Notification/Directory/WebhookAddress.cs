using System.Net;

namespace EarlyWarning.Notification.Directory;

/// <summary>What may be said of a webhook's address, and whether it stays on this machine.</summary>
internal static class WebhookAddress
{
    /// <summary>Longer path segments may be somebody's token: such are what chat services put into their addresses.</summary>
    private const int LongestShownSegment = 16;

    /// <summary>The address without user, query, fragment, and without path segments that are long enough to be a token.</summary>
    public static string Shown(Uri url)
    {
        var segments = url.AbsolutePath.Split('/').Select(segment => segment.Length > LongestShownSegment ? "…" : segment);
        return $"{url.Scheme}://{url.Authority.Split('@')[^1]}{string.Join('/', segments)}";
    }

    /// <summary>Whether the address can only be this machine's, without asking a name server.</summary>
    public static bool IsLoopback(Uri url) =>
        string.Equals(url.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.IdnHost, out var address) && IPAddress.IsLoopback(address));
}
