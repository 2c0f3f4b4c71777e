using System.IO.Hashing;
using EarlyWarning.Catalogue.Observations;

namespace EarlyWarning.Indicators.Intake;

/// <summary>
/// Derives the id of an observation that came without one, so that the same observation sent again is recognised whoever sends it.
/// </summary>
/// <remarks>
/// The id is the XXH128 hash (seed 0) in 32 lower-case hexadecimal digits, most significant first, of the texts of the key and the content,
/// as
/// <see cref="ObservationContent"/> writes them: what an id is derived from is what is compared where it comes again.
/// </remarks>
internal static class ObservationId
{
    /// <summary>Derives the id of a valid observation.</summary>
    public static string Derive(V1.Observation observation)
    {
        var texts = observation.Source.Length + observation.Country.Length + observation.Area.Length + observation.Indicator.Length;
        var most = (texts * 3) + 4 + ObservationContent.Length;

        // Valid ones are ASCII and short, 64 + 3 + 64 at most.
        Span<byte> bytes = stackalloc byte[512];
        if (most > bytes.Length)
        {
            bytes = new byte[most];
        }

        var length = ObservationContent.WriteTexts(bytes, observation.Source, observation.Country, observation.Area, observation.Indicator);
        ObservationContent.Of(observation).Write(bytes[length..]);
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(bytes[..(length + ObservationContent.Length)], hash);
        return Convert.ToHexStringLower(hash);
    }
}
