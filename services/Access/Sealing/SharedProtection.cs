using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace EarlyWarning.Access.Sealing;

/// <summary>
/// Seals by what all processes of a suite know, so that each opens what another has sealed. Nothing is kept of it, and with another secret
/// it is all over. Thread-safe.
/// </summary>
/// <param name="secret">Gives the secret as it is now.</param>
/// <param name="purpose">What it seals: nothing else is opened.</param>
internal sealed class SharedProtection(Func<string> secret, string purpose = "sessions") : IDataProtector
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <inheritdoc/>
    public IDataProtector CreateProtector(string inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new SharedProtection(secret, FormattableString.Invariant($"{purpose} {inner.Length}:{inner}"));
    }

    /// <inheritdoc/>
    public byte[] Protect(byte[] plaintext)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        var whole = new byte[NonceBytes + TagBytes + plaintext.Length];
        var nonce = whole.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = Cipher();
        cipher.Encrypt(nonce, plaintext, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes));
        return whole;
    }

    /// <inheritdoc/>
    public byte[] Unprotect(byte[] protectedData)
    {
        ArgumentNullException.ThrowIfNull(protectedData);
        if (protectedData.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("It is cut short.");
        }

        var plain = new byte[protectedData.Length - NonceBytes - TagBytes];
        using var cipher = Cipher();
        cipher.Decrypt(
            protectedData.AsSpan(0, NonceBytes),
            protectedData.AsSpan(NonceBytes + TagBytes),
            protectedData.AsSpan(NonceBytes, TagBytes),
            plain
        );
        return plain;
    }

    private AesGcm Cipher() =>
        new(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret()), 32, info: Encoding.UTF8.GetBytes(purpose)),
            TagBytes
        );
}
