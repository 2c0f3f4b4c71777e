using EarlyWarning.Notification.Directory;

namespace EarlyWarning.Notification.Routing;

/// <summary>Somebody who is to be told.</summary>
/// <param name="Recipient"><c>recipients/{id}</c>.</param>
/// <param name="Name">Their name.</param>
/// <param name="Role">In which role.</param>
/// <param name="Tlp">The label of what they are sent.</param>
/// <param name="Reason">By which rule, as the recipient reads it.</param>
/// <param name="Channels">On which channels.</param>
/// <param name="HasLeft">They are no longer in the directory: nothing is delivered until they are back.</param>
internal sealed record Addressee(
    string Recipient,
    string Name,
    V1.Role Role,
    string Tlp,
    string Reason,
    IReadOnlyList<ChannelTarget> Channels,
    bool HasLeft = false
)
{
    public static Addressee Of(DirectoryEntry entry, string reason) =>
        new(entry.Recipient.Name, entry.Recipient.DisplayName, entry.Recipient.Role, entry.Tlp, reason, entry.Channels);
}

/// <summary>Whom an event concerns.</summary>
/// <param name="Addressees">Who is told.</param>
/// <param name="Role">Which role should have been told, where nobody is.</param>
/// <param name="Nobody">Why nobody is told, and whom to add to the directory; empty where somebody is or nobody need be.</param>
internal sealed record Route(IReadOnlyList<Addressee> Addressees, V1.Role Role = V1.Role.Unspecified, string Nobody = "");
