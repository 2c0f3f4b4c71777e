using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using EarlyWarning.Access.Roles;

namespace EarlyWarning.Access.Keys;

/// <summary>What is kept of a key, which is itself kept nowhere.</summary>
/// <param name="Id">Names it where it is listed and removed: random, so that it says nothing of the key.</param>
/// <param name="Name">Whom it stands for.</param>
/// <param name="Sha256">Its hash, in hexadecimal digits.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Roles">What whoever shows it may, one role at least.</param>
/// <param name="Expires">From when on it is refused; <see langword="null"/> for never.</param>
public sealed record ApiKey(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Name,
    [property: JsonRequired] string Sha256,
    [property: JsonRequired] DateTimeOffset Made,
    [property: JsonRequired] IReadOnlyList<Grant> Roles,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Expires = null
)
{
    /// <summary>Whether it is refused by now.</summary>
    public bool HasExpired(DateTimeOffset now) => Expires <= now;

    /// <summary>Whether two are the same, roles by content.</summary>
    public bool Equals(ApiKey? other) =>
        other is not null
        && Id == other.Id
        && Name == other.Name
        && Sha256 == other.Sha256
        && Made == other.Made
        && Expires == other.Expires
        && Roles.SequenceEqual(other.Roles);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    /// <summary>Makes a key for a name: 192 random bits.</summary>
    internal static (ApiKey Kept, string Key) Make(string name, DateTimeOffset now, IReadOnlyList<Grant> roles, DateTimeOffset? expires)
    {
        var key = $"ew_{RandomNumberGenerator.GetHexString(48, lowercase: true)}";
        return (new(RandomNumberGenerator.GetHexString(8, lowercase: true), name, Hash(key), now, roles, expires), key);
    }

    internal static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
