using System.Globalization;
using System.Text;
using EarlyWarning.Notification.Directory;

namespace EarlyWarning.Notification.Channels.Webhook;

/// <summary>
/// Signs what a webhook sends as <see href="https://www.standardwebhooks.com">Standard Webhooks</see> has it: <c>webhook-id</c>, the same
/// at every attempt; <c>webhook-timestamp</c>, the attempt's time in seconds since 1970; and <c>webhook-signature</c>, for each secret
/// <c>v1,BASE64</c> of the
/// HMAC-SHA256 of <c>ID.TIMESTAMP.BODY</c>, separated by spaces. Thread-safe.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header of the message's id.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header of the attempt's time.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header of the signatures.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string Version = "v1,";

    /// <summary>Makes the value of <see cref="TimestampHeader"/>.</summary>
    public static string Timestamp(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Makes the value of <see cref="SignatureHeader"/>.</summary>
    /// <param name="secrets">Each signs; a receiver needs to know one of them.</param>
    /// <param name="id">The value of <see cref="IdHeader"/>, without a full stop.</param>
    /// <param name="timestamp">The value of <see cref="TimestampHeader"/>.</param>
    /// <param name="body">The body, as it is sent.</param>
    public static string Make(IReadOnlyList<WebhookSecret> secrets, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        var made = new string[secrets.Count];
        for (var i = 0; i < made.Length; i++)
        {
            made[i] = Version + Convert.ToBase64String(Mac(secrets[i], id, timestamp, body));
        }

        return string.Join(' ', made);
    }

    private static byte[] Mac(WebhookSecret secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = secret.Begin();
        mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}
