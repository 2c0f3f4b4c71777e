namespace EarlyWarning.Notification.Directory;

/// <summary>Who may be told, as the directory has them: the public part, the label of what they are sent, and the ways to reach them.</summary>
internal sealed record DirectoryEntry(V1.Recipient Recipient, string Tlp, IReadOnlyList<ChannelTarget> Channels)
{
    /// <summary>Whether they answer for a country. The codes of a regional organisation are those of its member States.</summary>
    public bool AnswersFor(string country) => Recipient.Countries.Count == 0 || Recipient.Countries.Contains(country);
}

/// <summary>A way to reach a recipient. Its place in the list is its name in the journal, so that a corrected address is used at once.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Url">Where to; absent for the inbox.</param>
/// <param name="Secret">The key that signs; never shown, logged or journalled.</param>
/// <param name="Shown">Where to, without secret parts.</param>
internal sealed record ChannelTarget(V1.ChannelKind Kind, Uri? Url, ReadOnlyMemory<byte> Secret, string Shown)
{
    public static readonly ChannelTarget Inbox = new(V1.ChannelKind.Inbox, null, default, "");
}
