using EarlyWarning.Notification.Directory;

namespace EarlyWarning.Notification.Routing;

/// <summary>Somebody who is to be told, and the rule that says so.</summary>
/// <param name="Entry">Whom.</param>
/// <param name="Reason">By which rule, as the recipient reads it.</param>
internal sealed record Telling(DirectoryEntry Entry, string Reason);

/// <summary>Whom an event concerns.</summary>
/// <param name="Tellings">Who is told.</param>
/// <param name="Missing">Who should have been told and cannot be, each with the reason.</param>
internal sealed record Route(IReadOnlyList<Telling> Tellings, IReadOnlyList<Untold> Missing);

/// <summary>Somebody who should be told and cannot be.</summary>
/// <param name="Recipient"><c>recipients/{id}</c>; empty where the directory names nobody.</param>
/// <param name="Name">Their name; empty where the directory names nobody.</param>
/// <param name="Role">In which role they should have been told.</param>
/// <param name="Reason">Why they cannot be, and what to do.</param>
internal sealed record Untold(string Recipient, string Name, V1.Role Role, string Reason);
