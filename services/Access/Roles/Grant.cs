using System.Text.Json.Serialization;
using EarlyWarning.V1;

namespace EarlyWarning.Access.Roles;

/// <summary>
/// A role of a caller, and what it is bound to: countries, an organisation whose members are those of the directory at any time, or
/// neither, which is the whole world.
/// </summary>
/// <param name="Role">The role.</param>
/// <param name="Countries">ISO 3166-1 alpha-3 codes; empty where it is not bound to countries.</param>
/// <param name="Organisation">The organisation's short name in the directory; empty for none.</param>
/// <param name="Recipients">The recipients as which the caller may answer, such as <c>recipients/focal-point-ken</c>.</param>
public sealed record Grant(
    [property: JsonRequired, JsonConverter(typeof(RoleConverter))] AccessRole Role,
    [property: JsonRequired] IReadOnlyList<string> Countries,
    [property: JsonRequired] string Organisation,
    [property: JsonRequired] IReadOnlyList<string> Recipients
)
{
    /// <summary>Gets whether the role reaches the whole world.</summary>
    [JsonIgnore]
    public bool IsUnbound => Countries.Count == 0 && Organisation.Length == 0;

    /// <summary>Writes the grant as people read it: <c>focal-point of KEN, as recipients/focal-point-ken</c>.</summary>
    public override string ToString()
    {
        var bound = (Countries.Count, Organisation.Length) switch
        {
            (0, 0) => "",
            (0, _) => $" of {Organisation}'s members",
            (_, 0) => $" of {string.Join(", ", Countries)}",
            _ => $" of {string.Join(", ", Countries)} and {Organisation}'s members",
        };
        return $"{AccessRoleNames.Of(Role)}{bound}{(Recipients.Count == 0 ? "" : $", as {string.Join(", ", Recipients)}")}";
    }

    /// <summary>Whether two grants are the same, lists by content.</summary>
    public bool Equals(Grant? other) =>
        other is not null
        && Role == other.Role
        && Organisation == other.Organisation
        && Countries.SequenceEqual(other.Countries)
        && Recipients.SequenceEqual(other.Recipients);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Role, Organisation, Countries.Count, Recipients.Count);
}
