using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Paging;

/// <summary>
/// Checks what a list or a watch is narrowed by: what is not there is refused by its field, because an empty answer would read as "nothing
/// happened".
/// </summary>
public static class RequestFilters
{
    private const int MostCountries = 300;

    // A caller's clock may run ahead of ours as far as a value's may.
    private static readonly TimeSpan s_clockLead = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Refuses the first of a request's <c>countries</c> that the suite does not know, an empty one too, and more than 300. Leaves each
    /// code once and in order, so that the same countries are the same filter, whose page tokens go on, however they are written.
    /// </summary>
    /// <exception cref="Grpc.Core.RpcException">UNKNOWN_COUNTRY; INVALID_FIELD where they are too many.</exception>
    public static void Countries(RepeatedField<string> codes, Func<string, bool> isKnown)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(isKnown);
        if (codes.Count > MostCountries)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "countries",
                $"{codes.Count} countries are more than the {MostCountries} that a request may name. Leave them out for all, or name fewer."
            );
        }

        for (var i = 0; i < codes.Count; i++)
        {
            if (!isKnown(codes[i]))
            {
                throw UnknownCountry($"countries[{i}]", codes[i]);
            }
        }

        string[] once = [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        codes.Clear();
        codes.Add(once);
    }

    /// <summary>Refuses a number that is no value of an enum.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_FIELD.</exception>
    public static void Value<T>(string field, T value)
        where T : struct, System.Enum
    {
        if (!System.Enum.IsDefined(value))
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                field,
                $"{value:D} is no value of '{field}'. Leave it out, or give one that the contract has."
            );
        }
    }

    /// <summary>Refuses a name that is not a prefix and an id; empty is none where <paramref name="optional"/>.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_FIELD.</exception>
    public static void Name(string field, string name, string prefix, bool optional = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(prefix);
        if (optional && name.Length == 0)
        {
            return;
        }

        // An unknown verb of the JSON form arrives as a part of the name.
        if (
            !name.StartsWith(prefix, StringComparison.Ordinal)
            || name.Length == prefix.Length
            || name.AsSpan(prefix.Length).ContainsAny('/', ':')
        )
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, field, $"'{field}' must be {prefix}{{id}}.");
        }
    }

    /// <summary>Reads a moment that a request gives; <see langword="null"/> where it gives none.</summary>
    /// <exception cref="Grpc.Core.RpcException">
    /// INVALID_FIELD where it is no time, or the one as which a time that nobody set is sent.
    /// </exception>
    public static DateTimeOffset? Time(string field, Timestamp? value)
    {
        if (value is null)
        {
            return null;
        }

        if (value is { Seconds: 0, Nanos: 0 })
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                field,
                "1970-01-01T00:00:00Z is what a time that nobody set is sent as. Leave it out, or give the time, or another moment of "
                    + "that day."
            );
        }

        try
        {
            return value.ToDateTimeOffset();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, field, "The time is not one between the years 1 and 9999.");
        }
    }

    /// <summary>
    /// Reads the moment whose knowledge is asked for. What will be known nobody can say, so one ahead is refused; <c>at</c> may lie ahead,
    /// because when a value stops to count is known now.
    /// </summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_FIELD.</exception>
    public static DateTimeOffset? AsOf(Timestamp? value, DateTimeOffset now) =>
        Time("as_of", value) is not { } asOf || asOf <= now + s_clockLead
            ? value?.ToDateTimeOffset()
            : throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "as_of",
                $"{asOf:u} lies ahead of the suite's clock, {now:u}, and nobody knows what will be known then. Leave it out for now."
            );

    /// <summary>Refuses a range that holds no moment.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_FIELD.</exception>
    public static (DateTimeOffset? From, DateTimeOffset? Before) Range(
        string fromField,
        Timestamp? from,
        string beforeField,
        Timestamp? before
    )
    {
        var (start, end) = (Time(fromField, from), Time(beforeField, before));
        return start >= end
            ? throw Fault.Field(
                V1.ErrorReason.InvalidField,
                beforeField,
                $"'{beforeField}' must lie after '{fromField}', or nothing can be found."
            )
            : (start, end);
    }

    private static Grpc.Core.RpcException UnknownCountry(string field, string code) =>
        Fault.Field(
            V1.ErrorReason.UnknownCountry,
            field,
            $"'{Trailers.Echo(code)}' is not a country that the suite knows. Use ISO 3166-1 alpha-3 in capitals; ListCountries has them.",
            StatusCode.InvalidArgument,
            ("country", code)
        );
}
