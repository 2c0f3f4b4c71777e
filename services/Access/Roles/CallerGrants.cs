using EarlyWarning.V1;

namespace EarlyWarning.Access.Roles;

/// <summary>A feature of a call: what its caller may. Immutable.</summary>
internal sealed class CallerGrants
{
    private CallerGrants(IReadOnlyList<Grant> grants, bool isVerified, bool isLimited) =>
        (All, IsVerified, IsLimited) = (grants, isVerified, isLimited);

    /// <summary>Gets what the suite's own clients may: everything, as anybody.</summary>
    public static CallerGrants Suite { get; } = new([], isVerified: true, isLimited: false);

    /// <summary>Gets what whoever is known by a certificate alone may: everything, under its name, where no file says what.</summary>
    public static CallerGrants Certified { get; } = new([], isVerified: true, isLimited: false);

    /// <summary>Gets what whoever calls an open suite may: what one person on a laptop needs, and nothing that takes a name.</summary>
    public static CallerGrants Unverified { get; } = new([], isVerified: false, isLimited: false);

    /// <summary>What somebody who is known may.</summary>
    public static CallerGrants Of(IReadOnlyList<Grant> grants) => new(grants, isVerified: true, isLimited: true);

    /// <summary>Gets the roles, in the order in which they were given.</summary>
    public IReadOnlyList<Grant> All { get; }

    /// <summary>Gets whether the caller's name was authenticated.</summary>
    public bool IsVerified { get; }

    /// <summary>Gets whether roles decide what the caller may.</summary>
    public bool IsLimited { get; }

    /// <summary>Gets whether what it may depends on the directory.</summary>
    public bool FollowsDirectory => All.Any(grant => grant.Organisation.Length > 0);

    /// <summary>The roles that hold a permission.</summary>
    public IEnumerable<Grant> Holding(Permission permission) => All.Where(grant => RoleTable.Holds(grant.Role, permission));

    /// <summary>What it holds, as a refusal says it.</summary>
    public override string ToString() => All.Count == 0 ? "no role" : string.Join("; ", All);
}
