using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.ServiceDefaults.Times;

/// <summary>How tables keep a time: as ticks of UTC, 0 where there is none.</summary>
public static class TimestampTicks
{
    /// <summary>The ticks of a time.</summary>
    public static long UtcTicks(this Timestamp? time) => time?.ToDateTimeOffset().UtcTicks ?? 0;
}
