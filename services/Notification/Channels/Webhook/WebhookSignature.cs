using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EarlyWarning.Notification.Channels.Webhook;

/// <summary>
/// Signs what a webhook sends: the header <c>ew-signature: t=SECONDS,v1=HEX</c>, where HEX is the HMAC-SHA256 of <c>SECONDS.BODY</c> under the
/// recipient's secret and SECONDS is the time of the attempt since 1970. A receiver computes the same over the raw body, compares in constant
/// time, and refuses an old time.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header's name.</summary>
    public const string Header = "ew-signature";

    /// <summary>Makes the header's value.</summary>
    public static string Make(ReadOnlySpan<byte> secret, DateTimeOffset time, ReadOnlySpan<byte> body)
    {
        var seconds = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={seconds},v1={Convert.ToHexStringLower(Mac(secret, seconds, body))}";
    }

    /// <summary>Checks a header's value as a receiver does.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="header">The header's value.</param>
    /// <param name="body">The raw body.</param>
    /// <param name="now">The receiver's time.</param>
    /// <param name="tolerance">How far the two clocks and the way may lie apart.</param>
    public static bool Verify(ReadOnlySpan<byte> secret, string header, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan tolerance)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Split(',') is not [['t', '=', .. var seconds], ['v', '1', '=', .. var hex]]
            || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            || Math.Abs(now.ToUnixTimeSeconds() - time) > tolerance.TotalSeconds)
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Mac(secret, seconds, body))), Encoding.ASCII.GetBytes(hex));
    }

    private static byte[] Mac(ReadOnlySpan<byte> secret, string seconds, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendData(Encoding.ASCII.GetBytes(seconds + "."));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}
