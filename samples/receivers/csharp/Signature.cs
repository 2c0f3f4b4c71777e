using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EarlyWarning.Receiver;

/// <summary>Verifies who sent a call and when.</summary>
internal sealed class Signature(IEnumerable<string> secrets, TimeProvider time)
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[][] _keys = [.. secrets.Select(Key)];

    public bool IsRight(IHeaderDictionary headers, byte[] body)
    {
        var (id, timestamp) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());

        // Without the time a call that somebody recorded would be right for ever.
        if (
            id.Length == 0
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) > s_tolerance.TotalSeconds
        )
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var right = false;
        foreach (var given in headers["webhook-signature"].ToString().Split(' '))
        {
            foreach (var key in _keys)
            {
                var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
                right |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
            }
        }

        return right;
    }

    private static byte[] Key(string secret) =>
        secret.StartsWith("whsec_", StringComparison.Ordinal)
            ? Convert.FromBase64String(secret["whsec_".Length..])
            : Encoding.UTF8.GetBytes(secret);
}
