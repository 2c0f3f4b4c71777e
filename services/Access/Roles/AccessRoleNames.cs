using EarlyWarning.V1;

namespace EarlyWarning.Access.Roles;

/// <summary>How roles are written, on the command line and in files: <c>focal-point</c>.</summary>
public static class AccessRoleNames
{
    private static readonly Dictionary<AccessRole, string> s_names = Enum.GetValues<AccessRole>()
        .Where(role => role != AccessRole.Unspecified)
        .ToDictionary(role => role, Write);

    /// <summary>Gets all of them, in the order of the contract.</summary>
    public static IReadOnlyCollection<string> All => s_names.Values;

    /// <summary>Writes a role.</summary>
    public static string Of(AccessRole role) => s_names[role];

    /// <summary>Reads a role; <see langword="null"/> where there is none of that name.</summary>
    public static AccessRole? Parse(string name) =>
        s_names.FirstOrDefault(role => role.Value == name) is { Value: not null } found ? found.Key : null;

    /// <summary>Several, as a sentence has them: <c>operator or administrator</c>.</summary>
    public static string AnyOf(IEnumerable<AccessRole> roles)
    {
        string[] names = [.. roles.Select(Of)];
        return names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    private static string Write(AccessRole role) =>
        string.Concat(role.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
