using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Catalogue.Observations;

/// <summary>
/// What an observation says, beside who says it of what: the one list of the fields from which an id is derived, and which are compared
/// where an id comes again. Times are UTC ticks of 100 ns, to which a contract's nanoseconds are cut.
/// </summary>
/// <param name="Observed">When the value held.</param>
/// <param name="Horizon">How far ahead it lies.</param>
/// <param name="Revision">Orders corrections.</param>
/// <param name="Value">The value.</param>
/// <param name="Precision">The kind of precision: 0 for none, 1 for a standard error, 2 for a confidence.</param>
/// <param name="PrecisionValue">The standard error or the confidence; 0 for none.</param>
/// <param name="KnownAt">When the world could know it; 0 where the sender did not say.</param>
public readonly record struct ObservationContent(
    long Observed,
    long Horizon,
    long Revision,
    double Value,
    int Precision,
    double PrecisionValue,
    long KnownAt
)
{
    /// <summary>The length of what <see cref="Write"/> writes.</summary>
    public const int Length = 52;

    private const long EpochSeconds = 62_135_596_800;

    /// <summary>Reads the content of a valid observation.</summary>
    public static ObservationContent Of(V1.Observation item) =>
        new(
            Ticks(item.ObservedAt),
            Ticks(item.Horizon),
            item.Revision,
            item.Value,
            item.PrecisionCase switch
            {
                V1.Observation.PrecisionOneofCase.StandardError => 1,
                V1.Observation.PrecisionOneofCase.Confidence => 2,
                _ => 0,
            },
            item.PrecisionCase switch
            {
                V1.Observation.PrecisionOneofCase.StandardError => item.StandardError,
                V1.Observation.PrecisionOneofCase.Confidence => item.Confidence,
                _ => 0,
            },
            item.KnownAt is { } known ? Ticks(known) : 0
        );

    /// <summary>Gives a time in ticks.</summary>
    public static long Ticks(Timestamp time) => ((time.Seconds + EpochSeconds) * TimeSpan.TicksPerSecond) + (time.Nanos / 100);

    /// <summary>Gives a span in ticks; 0 where there is none.</summary>
    public static long Ticks(Duration? duration) =>
        duration is null ? 0 : (duration.Seconds * TimeSpan.TicksPerSecond) + (duration.Nanos / 100);

    /// <summary>
    /// Writes the texts of an observation's key: source, country, area and indicator in UTF-8, each followed by a zero byte. Returns the
    /// length.
    /// </summary>
    public static int WriteTexts(Span<byte> bytes, string source, string country, string area, string indicator)
    {
        var at = 0;
        foreach (var text in (ReadOnlySpan<string>)[source, country, area, indicator])
        {
            at += Encoding.UTF8.GetBytes(text, bytes[at..]);
            bytes[at++] = 0;
        }

        return at;
    }

    /// <summary>Writes the content, little-endian in the order of the fields; negative zero is zero.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Observed);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Horizon);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Revision);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[24..], Value == 0 ? 0 : Value);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], Precision);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[36..], PrecisionValue == 0 ? 0 : PrecisionValue);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[44..], KnownAt);
    }

    /// <summary>Says in words where another content differs from this one, field by field; empty where it does not.</summary>
    public string Differences(in ObservationContent other)
    {
        var differences = new List<string>();
        Compare("observed_at", Time(Observed), Time(other.Observed));
        Compare("horizon", Span(Horizon), Span(other.Horizon));
        Compare("revision", Number(Revision), Number(other.Revision));
        Compare("value", Number(Value), Number(other.Value));
        Compare("standard_error", Error(1), other.Error(1));
        Compare("confidence", Error(2), other.Error(2));
        Compare("known_at", KnownAt == 0 ? "none" : Time(KnownAt), other.KnownAt == 0 ? "none" : Time(other.KnownAt));
        return string.Join("; ", differences);

        void Compare(string field, string mine, string others)
        {
            if (mine != others)
            {
                differences.Add($"{field} {mine}, not {others}");
            }
        }
    }

    private string Error(int kind) => Precision == kind ? Number(PrecisionValue) : "none";

    private static string Number(double value) => (value == 0 ? 0 : value).ToString("R", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(long ticks) =>
        new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    private static string Span(long ticks) => new TimeSpan(ticks).ToString("c", CultureInfo.InvariantCulture);
}
