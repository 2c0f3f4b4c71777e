using EarlyWarning.Notification.Directory;

namespace EarlyWarning.Notification.Routing;

/// <summary>
/// Who is told what. Operators are told of every breach in their countries; everybody else is told when a step of a case asks their role;
/// the end of a breach is told to those who were told of the breach. Pure.
/// </summary>
internal static class Router
{
    private const string Told = "Was told of this breach, and so is told of its end.";

    /// <summary>Routes a breach that nobody has been told of yet.</summary>
    public static Route ForBreach(DirectoryListing directory, string country) =>
        ByRole(directory, V1.Role.Operator, country, "is told of every breach");

    /// <summary>Whether the directory names somebody in a role for a country.</summary>
    public static bool Names(DirectoryListing directory, V1.Role role, string country) =>
        directory.Entries.Any(e => e.Recipient.Role == role && e.AnswersFor(country));

    /// <summary>Routes the step of a case that now has to answer.</summary>
    public static Route ForStep(DirectoryListing directory, V1.Escalation escalation)
    {
        var (step, role) = (escalation.Asked, escalation.Asked?.Role ?? V1.Role.Unspecified);
        var name = step is { DisplayName.Length: > 0 } ? $"step {escalation.Step} ({step.DisplayName})" : $"step {escalation.Step}";
        var rule =
            escalation.Withdrawn.Length > 0 ? "is told that an act was taken back at"
            : escalation.NotedCause.Length > 0 ? "is told of a further cause at"
            : "is asked by";
        return ByRole(directory, role, escalation.Case.Country, $"{rule} {name} of {escalation.Case.Name}");
    }

    /// <summary>
    /// Routes the end of a breach to those who were told of the breach itself. Who has left the directory since is waited for, on the
    /// channels of then.
    /// </summary>
    /// <param name="directory">The directory in force.</param>
    /// <param name="told">Who was told, as they were then.</param>
    public static Route ForEnd(DirectoryListing directory, IEnumerable<Addressee> told) =>
        new([
            .. told.Select(one =>
                directory.Find(one.Recipient) is { } entry
                    ? Addressee.Of(entry, Told)
                    : one with
                    {
                        Reason = Told,
                        Tlp = directory.Tlp,
                        HasLeft = true,
                    }
            ),
        ]);

    /// <summary>Says why a recipient is not told of a breach that nobody's case step has asked them about.</summary>
    public static string WhyNot(DirectoryEntry entry, string country) =>
        entry switch
        {
            { Recipient.Role: V1.Role.RegionalOrganisation } when !entry.AnswersFor(country) =>
                $"{entry.Recipient.DisplayName} was not told: {country} is not a member of {entry.Recipient.Organisation}.",
            _ when !entry.AnswersFor(country) =>
                $"{entry.Recipient.DisplayName} was not told: answers for {string.Join(", ", entry.Recipient.Countries)} and not for "
                    + $"{country}.",
            { Recipient.Role: V1.Role.Operator } =>
                $"{entry.Recipient.DisplayName} was not told: was not in the directory, or not as operator for {country}, when the "
                    + $"breach was handled.",
            _ =>
                $"{entry.Recipient.DisplayName} was not told: no step of a case has asked the {RoleNames.Plain(entry.Recipient.Role)} yet.",
        };

    private static Route ByRole(DirectoryListing directory, V1.Role role, string country, string rule)
    {
        var addressees = directory
            .Entries.Where(e => e.Recipient.Role == role && e.AnswersFor(country))
            .Select(e => Addressee.Of(e, $"{Capital(RoleNames.Plain(role))} for {Scope(e, country)}: {rule}."))
            .ToList();
        return addressees.Count > 0 ? new(addressees) : new([], role, Nobody(directory, role, country));
    }

    private static string Nobody(DirectoryListing directory, V1.Role role, string country) =>
        directory.Entries.Count == 0
            ? $"No recipient: the directory is empty. Write directory.yaml with at least the {RoleNames.Plain(role)} for {country}."
            : $"No recipient: the directory names no {RoleNames.Plain(role)} for {country}. Add one with the role "
                + $"{RoleNames.InFile(role)}.";

    private static string Scope(DirectoryEntry entry, string country) =>
        entry.Recipient switch
        {
            { Role: V1.Role.RegionalOrganisation } => $"{country}, a member of {entry.Recipient.Organisation}",
            { Countries.Count: 0 } => "all countries",
            _ => country,
        };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
