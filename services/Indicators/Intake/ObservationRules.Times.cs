using EarlyWarning.Catalogue.States;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Indicators.Intake;

/// <summary>What the times of an observation must keep to.</summary>
internal readonly partial struct ObservationRules
{
    private const long LastSecond = 253_402_300_799;
    private const long FirstSecond = -62_135_596_800;

    // The start of 1789, with which the field's longest series of States begin (V-Dem's). What is earlier is a year of two digits, or none.
    private const long EarliestSecond = -5_711_731_200;

    // A live value is of the present. The longest validity that the shipped frameworks give one is three years; what is ten years old is
    // history that was sent as live.
    private const long LongestLiveSeconds = 3_653L * 86_400;

    // Forecasts of the field look up to three years ahead, projections of population and climate further; ten years are the end of what is
    // acted on.
    private const long LongestHorizonSeconds = 3_653L * 86_400;

    private void CheckTimes(V1.Observation item, CountryInfo? country, ref List<ItemFault>? faults)
    {
        if (item.ObservedAt is not { } observed || !IsProper(observed))
        {
            Add(ref faults, ObservationRefusals.Invalid("observed_at", "Say when the value held, as a time between the years 1 and 9999."));
            observed = null;
        }
        else if (IsUnset(observed))
        {
            Add(ref faults, ObservationRefusals.UnsetTime("observed_at"));
        }
        else
        {
            CheckMoment(observed, country, ref faults);
        }

        if (item.Horizon is { } horizon && (horizon.Seconds is < 0 or > LongestHorizonSeconds || horizon.Nanos is < 0 or > 999_999_999))
        {
            Add(
                ref faults,
                ObservationRefusals.Invalid(
                    "horizon",
                    "The horizon must be 0 for the present or a positive time ahead, of at most ten " + "years."
                )
            );
        }

        if (item.KnownAt is { } known)
        {
            CheckKnown(known, observed, forecast: item.Horizon is { } ahead && (ahead.Seconds > 0 || ahead.Nanos > 0), ref faults);
        }
    }

    private void CheckMoment(Timestamp observed, CountryInfo? country, ref List<ItemFault>? faults)
    {
        if (observed.Seconds < EarliestSecond)
        {
            Add(ref faults, ObservationRefusals.TooEarly(observed));
            return;
        }

        if (observed.Seconds > _latestSecond)
        {
            Add(ref faults, ObservationRefusals.InFuture(observed, now));
        }
        else if (!backfill && observed.Seconds < _latestSecond - LongestLiveSeconds)
        {
            Add(ref faults, ObservationRefusals.TooOldToBeLive(observed));
        }

        if (
            country is { Years.IsEmpty: false }
            && DateTimeOffset.FromUnixTimeSeconds(observed.Seconds).Year is var year
            && !country.ExistedIn(year)
        )
        {
            Add(ref faults, ObservationRefusals.OutsideStateYears(country, year, countries.InPlaceOf(country, year)));
        }
    }

    private void CheckKnown(Timestamp known, Timestamp? observed, bool forecast, ref List<ItemFault>? faults)
    {
        if (!backfill)
        {
            Add(ref faults, ObservationRefusals.KnownAtWithoutBackfill());
        }
        else if (!IsProper(known) || known.Seconds < EarliestSecond || known.Seconds > _latestSecond)
        {
            Add(
                ref faults,
                ObservationRefusals.Invalid(
                    "known_at",
                    "The time at which the value could be known must lie after 1789 and not ahead of the suite's clock."
                )
            );
        }
        else if (IsUnset(known))
        {
            Add(ref faults, ObservationRefusals.UnsetTime("known_at"));
        }
        else if (observed is not null && !forecast && known < observed)
        {
            Add(ref faults, ObservationRefusals.KnownBeforeObserved());
        }
    }

    private static bool IsProper(Timestamp time) =>
        time.Nanos is >= 0 and <= 999_999_999 && time.Seconds is >= FirstSecond and <= LastSecond;

    private static bool IsUnset(Timestamp time) => time is { Seconds: 0, Nanos: 0 };
}
