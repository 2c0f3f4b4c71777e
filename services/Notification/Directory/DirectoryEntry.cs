using System.Security.Cryptography;
using System.Text;

namespace EarlyWarning.Notification.Directory;

/// <summary>
/// Who may be told, as the directory has them: the public part, the label of what they are sent, and the ways to reach them.
/// </summary>
internal sealed record DirectoryEntry(V1.Recipient Recipient, string Tlp, IReadOnlyList<ChannelTarget> Channels)
{
    /// <summary>Whether they answer for a country. The codes of a regional organisation are those of its member States.</summary>
    public bool AnswersFor(string country) => Recipient.Countries.Count == 0 || Recipient.Countries.Contains(country);

    /// <summary>The channel of an id; <see langword="null"/> where they have none.</summary>
    public ChannelTarget? Channel(string id) => Channels.FirstOrDefault(channel => channel.Id == id);
}

/// <summary>A way to reach a recipient.</summary>
/// <param name="Id">Names it among the recipient's: what is to be sent stays with it, whatever becomes of the file around it.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Url">Where to; absent for the inbox.</param>
/// <param name="Secrets">What signs, two while one replaces the other; never shown, logged or stored.</param>
/// <param name="Shown">Where to, without secret parts.</param>
internal sealed record ChannelTarget(string Id, V1.ChannelKind Kind, Uri? Url, IReadOnlyList<WebhookSecret> Secrets, string Shown)
{
    public static readonly ChannelTarget Inbox = new("inbox", V1.ChannelKind.Inbox, null, [], "");

    /// <summary>Says where to, secret parts included, in a form that says nothing of them: whether it was corrected shows by it.</summary>
    public string Fingerprint { get; } = FingerprintOf(Url);

    /// <summary>The id of a channel to which the file gives none: made from its address.</summary>
    public static string IdOf(V1.ChannelKind kind, Uri url) => $"{kind.ToString().ToLowerInvariant()}-{FingerprintOf(url)}";

    private static string FingerprintOf(Uri? url) =>
        url is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url.AbsoluteUri)).AsSpan(0, 6));
}
