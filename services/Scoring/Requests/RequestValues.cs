using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Requests;

/// <summary>Reads what several requests have in common, or refuses it with its field.</summary>
internal static class RequestValues
{
    /// <summary>Reads a time.</summary>
    public static DateTimeOffset? Time(Timestamp? time, string field)
    {
        try
        {
            return time?.ToDateTimeOffset();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, field, "The time is not one between the years 1 and 9999.");
        }
    }

    /// <summary>Reads a time that must be there.</summary>
    public static DateTimeOffset Required(Timestamp? time, string field) =>
        Time(time, field) ?? throw Fault.Field(V1.ErrorReason.InvalidField, field, "There is no time. Give one.");

    /// <summary>Reads a span of time above 0.</summary>
    public static TimeSpan Span(Duration? span, TimeSpan standard, string field)
    {
        if (span is null)
        {
            return standard;
        }

        return
            span.Nanos is >= 0 and < 1_000_000_000
            && span.Seconds is >= 0 and <= 3_650_000L * 86_400
            && (span.Seconds > 0 || span.Nanos > 0)
            ? span.ToTimeSpan()
            : throw Fault.Field(V1.ErrorReason.InvalidField, field, "The time must be above 0 and at most 3,650,000 days.");
    }

    /// <summary>Reads a count: the default where it is 0.</summary>
    public static int Count(int count, int standard, int least, int most, string field) =>
        count switch
        {
            0 => standard,
            _ when count >= least && count <= most => count,
            _ => throw Fault.Field(V1.ErrorReason.InvalidField, field, $"{count} is not from {least} to {most}."),
        };

    /// <summary>Refuses a value that the contract has no name for.</summary>
    public static T Known<T>(T value, string field)
        where T : struct, System.Enum =>
        System.Enum.IsDefined(value)
            ? value
            : throw Fault.Field(V1.ErrorReason.InvalidField, field, $"{value} is no value of {typeof(T).Name}.");
}
