using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace EarlyWarning.Notification.Directory;

/// <summary>
/// A secret that both sides of a webhook share: <c>whsec_</c> and the key in base64, as Standard Webhooks writes one, or a text whose UTF-8
/// bytes are the key. Immutable, compared by content, and never shown.
/// </summary>
public sealed class WebhookSecret : IEquatable<WebhookSecret>
{
    /// <summary>What a secret that holds its key in base64 starts with.</summary>
    public const string Prefix = "whsec_";

    /// <summary>The form of a secret, in words.</summary>
    public const string Form = "must have at least 16 characters, or be whsec_ and 24 to 64 bytes in base64";

    private const int ShortestText = 16;
    private const int ShortestKey = 24;
    private const int LongestKey = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>Reads a secret.</summary>
    /// <param name="text">The secret as both sides were given it.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>Whether the text has the <see cref="Form"/>.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        ArgumentNullException.ThrowIfNull(text);
        secret = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            secret = text.Length >= ShortestText ? new(Encoding.UTF8.GetBytes(text)) : null;
            return secret is not null;
        }

        var key = new byte[LongestKey];
        if (Convert.TryFromBase64Chars(text.AsSpan(Prefix.Length), key, out var length) && length >= ShortestKey)
        {
            secret = new(key[..length]);
        }

        return secret is not null;
    }

    /// <inheritdoc/>
    public bool Equals(WebhookSecret? other) => other is not null && CryptographicOperations.FixedTimeEquals(_key, other._key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WebhookSecret);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(_key);
        return hash.ToHashCode();
    }

    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => "…";

    /// <summary>Begins a code under this key.</summary>
    internal IncrementalHash Begin() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
}
