namespace EarlyWarning.Access.Roles;

/// <summary>Whom organisations have as members by the directory in force. Thread-safe.</summary>
internal interface IOrganisations
{
    /// <summary>
    /// Gets the codes of an organisation's members; none for one that the directory does not have, or while it is not read yet.
    /// </summary>
    IReadOnlyCollection<string> MembersOf(string organisation);

    /// <summary>Gets what ends when the members of any organisation become others.</summary>
    CancellationToken Changed { get; }
}
