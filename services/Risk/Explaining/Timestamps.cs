using EarlyWarning.Catalogue.Observations;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Explaining;

/// <summary>Times between the contract and the fold: UTC ticks of 100 ns, to which a contract's nanoseconds are cut.</summary>
internal static class Timestamps
{
    private const long EpochSeconds = 62_135_596_800;

    public static long Ticks(Timestamp time) => ObservationContent.Ticks(time);

    public static Timestamp Stamp(long ticks)
    {
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return new() { Seconds = seconds - EpochSeconds, Nanos = (int)rest * 100 };
    }

    public static Duration Span(long ticks)
    {
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return new() { Seconds = seconds, Nanos = (int)rest * 100 };
    }
}
