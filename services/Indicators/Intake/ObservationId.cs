using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace EarlyWarning.Indicators.Intake;

/// <summary>
/// Derives the id of an observation that came without one, so that the same value sent again is recognised whoever sends it.
/// </summary>
/// <remarks>
/// The id is the XXH128 hash (seed 0) in 32 lower-case hexadecimal digits, most significant first, of these bytes: source, country, area and
/// indicator in UTF-8, each followed by a zero byte; then, little-endian, observed_at as seconds (8 bytes) and nanoseconds (4), horizon as seconds
/// (8) and nanoseconds (4), the value as IEEE 754 double with negative zero as zero (8), and the revision (8).
/// </remarks>
internal static class ObservationId
{
    private const int NumbersLength = 40;

    /// <summary>Derives the id of a valid observation.</summary>
    public static string Derive(V1.Observation observation)
    {
        var texts = observation.Source.Length + observation.Country.Length + observation.Area.Length + observation.Indicator.Length;

        // Valid ones are ASCII and short, 64 + 3 + 64 at most.
        Span<byte> bytes = stackalloc byte[512];
        if (texts * 3 + 4 + NumbersLength > bytes.Length)
        {
            bytes = new byte[texts * 3 + 4 + NumbersLength];
        }

        var at = 0;
        Append(bytes, ref at, observation.Source);
        Append(bytes, ref at, observation.Country);
        Append(bytes, ref at, observation.Area);
        Append(bytes, ref at, observation.Indicator);
        var rest = bytes[at..];
        BinaryPrimitives.WriteInt64LittleEndian(rest, observation.ObservedAt.Seconds);
        BinaryPrimitives.WriteInt32LittleEndian(rest[8..], observation.ObservedAt.Nanos);
        BinaryPrimitives.WriteInt64LittleEndian(rest[12..], observation.Horizon?.Seconds ?? 0);
        BinaryPrimitives.WriteInt32LittleEndian(rest[20..], observation.Horizon?.Nanos ?? 0);
        BinaryPrimitives.WriteDoubleLittleEndian(rest[24..], observation.Value == 0 ? 0 : observation.Value);
        BinaryPrimitives.WriteInt64LittleEndian(rest[32..], observation.Revision);

        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(bytes[..(at + NumbersLength)], hash);
        return Convert.ToHexStringLower(hash);
    }

    private static void Append(Span<byte> bytes, ref int at, string text)
    {
        at += Encoding.UTF8.GetBytes(text, bytes[at..]);
        bytes[at++] = 0;
    }
}
