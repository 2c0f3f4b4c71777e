using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace EarlyWarning.Access.Keys;

/// <summary>What is kept of a key, which is itself kept nowhere.</summary>
/// <param name="Id">Names it where it is listed and removed: random, so that it says nothing of the key.</param>
/// <param name="Name">Whom it stands for.</param>
/// <param name="Sha256">Its hash, in hexadecimal digits.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Expires">From when on it is refused; <see langword="null"/> for never.</param>
public sealed record ApiKey(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Name,
    [property: JsonRequired] string Sha256,
    [property: JsonRequired] DateTimeOffset Made,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Expires = null)
{
    /// <summary>Whether it is refused by now.</summary>
    public bool HasExpired(DateTimeOffset now) => Expires <= now;

    /// <summary>Makes a key for a name: 192 random bits.</summary>
    internal static (ApiKey Kept, string Key) Make(string name, DateTimeOffset now, DateTimeOffset? expires)
    {
        var key = $"ew_{RandomNumberGenerator.GetHexString(48, lowercase: true)}";
        return (new(RandomNumberGenerator.GetHexString(8, lowercase: true), name, Hash(key), now, expires), key);
    }

    internal static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
