using System.Globalization;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Indicators.Intake.Clocks;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Indicators.Intake;

/// <summary>Words the refusals of observations: what is wrong, with the value found, and what to do.</summary>
internal static class ObservationRefusals
{
    public static ItemFault Invalid(string field, string message) => new(V1.ErrorReason.InvalidField, field, message);

    public static ItemFault UnknownCountry(V1.Observation item) =>
        new(
            V1.ErrorReason.UnknownCountry,
            "country",
            $"'{Trailers.Echo(item.Country)}' is not a country that the suite knows. Use ISO 3166-1 alpha-3 in capitals; ListCountries "
                + $"has them."
        )
        {
            Values = [("country", item.Country)],
        };

    public static ItemFault CountryNotGranted(CountryInfo country) =>
        new(
            V1.ErrorReason.CountryNotGranted,
            "country",
            $"{country.Code} is not among the countries of the caller's role. Send what concerns those, or ask an administrator to bind "
                + $"the role to it too."
        )
        {
            Values = [("country", country.Code)],
        };

    public static ItemFault UnknownIndicator(V1.Observation item) =>
        new(
            V1.ErrorReason.UnknownIndicator,
            "indicator",
            $"'{Trailers.Echo(item.Indicator)}' is not in the catalogue. Create it, or correct the code; ListIndicators has them."
        )
        {
            Values = [("indicator", item.Indicator)],
        };

    public static ItemFault AreaNotSupported() =>
        new(
            V1.ErrorReason.AreaNotSupported,
            "area",
            "Areas within a country are not served yet. Send the country's value without an area."
        );

    public static ItemFault NoValue(V1.Indicator? indicator) =>
        new(
            V1.ErrorReason.FieldMissing,
            "value",
            $"The observation has no value. Give one in {indicator?.Unit ?? "the indicator's unit"}; where 0 was observed, say 0. Send "
                + $"nothing for what was not measured."
        );

    public static ItemFault NotFinite(string field, double value) =>
        new(V1.ErrorReason.ValueNotFinite, field, $"{value:R} is no number to score. Leave out what was not measured.")
        {
            Values = [("given", Text(value))],
        };

    public static ItemFault OutOfRange(double value, V1.Indicator indicator) =>
        new(
            V1.ErrorReason.ValueOutOfRange,
            "value",
            $"{value:R} is outside the range of '{indicator.Code}', {RangeOf(indicator)} in {indicator.Unit}. Check value and unit."
        )
        {
            Values =
            [
                ("indicator", indicator.Code),
                ("given", Text(value)),
                ("unit", indicator.Unit),
                ("minimum", indicator.HasMinimum ? Text(indicator.Minimum) : ""),
                ("maximum", indicator.HasMaximum ? Text(indicator.Maximum) : ""),
            ],
        };

    public static ItemFault UnitMismatch(string unit, V1.Indicator indicator) =>
        new(
            V1.ErrorReason.UnitMismatch,
            "unit",
            $"The unit of '{indicator.Code}' is '{indicator.Unit}' and not '{Trailers.Echo(unit)}'. Convert the value."
        )
        {
            Values = [("indicator", indicator.Code), ("given", unit), ("unit", indicator.Unit)],
        };

    public static ItemFault InFuture(Timestamp observed, DateTimeOffset now) =>
        new(
            V1.ErrorReason.ObservedInFuture,
            "observed_at",
            $"{observed.ToDateTimeOffset():u} lies ahead of the suite's clock, {now:u}. Check your clock, or send a forecast with horizon."
        )
        {
            Values = [("given", Text(observed)), ("now", Text(now.ToTimestamp()))],
        };

    /// <summary>Says what each clock says, and what to do.</summary>
    public static ItemFault ClockDiffers(V1.Observation item, in FutureRule rule, DateTimeOffset now) =>
        new(
            V1.ErrorReason.ClockDiffers,
            "observed_at",
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{Trailers.Echo(item.Source)}' observed this at {item.ObservedAt.ToDateTimeOffset():u}, and our clock says {now:u}: "
                    + $"yours or ours is wrong. Sources heard within ten minutes: {rule.Survey.Heard}, of which {rule.Survey.Ahead} are "
                    + $"ahead of us; {StoreClock(rule.StoreLead, now)}. Nothing was recorded. Check your clock, and send the same again, "
                    + $"with back-off."
            )
        );

    public static ItemFault UnsetTime(string field) =>
        new(
            V1.ErrorReason.InvalidField,
            field,
            "1970-01-01T00:00:00Z is what a time that nobody set is sent as. Send the time; where that very day is meant, another moment "
                + "of it, such as its noon."
        );

    public static ItemFault TooEarly(Timestamp observed) =>
        new(
            V1.ErrorReason.ObservedTooEarly,
            "observed_at",
            $"{observed.ToDateTimeOffset():u} lies before 1789, where the field's longest series begin. Check the year, which may be of "
                + $"two digits."
        )
        {
            Values = [("given", Text(observed))],
        };

    public static ItemFault TooOldToBeLive(Timestamp observed) =>
        new(
            V1.ErrorReason.ObservedTooEarly,
            "observed_at",
            $"{observed.ToDateTimeOffset():u} is more than ten years ago, and a live value is of the present. Check the time, or send it "
                + $"as a backfill."
        )
        {
            Values = [("given", Text(observed))],
        };

    public static ItemFault OutsideStateYears(CountryInfo country, int year, IReadOnlyList<CountryInfo> instead)
    {
        var years = string.Join(" and ", country.Years);
        var other =
            instead.Count > 0
                ? $" In {year} there was {string.Join(", ", instead.Select(one => $"{one.Name} ({one.Code})"))}: name the one that is "
                    + $"meant."
                : "";
        return new(
            V1.ErrorReason.OutsideStateYears,
            "country",
            $"{country.Name} ({country.Code}) is a State {years}, so nothing of {year} can be said of it.{other}"
        )
        {
            Values = [("country", country.Code)],
        };
    }

    public static ItemFault NotAnchored(double value, V1.Indicator indicator) =>
        new(V1.ErrorReason.ValueNotAnchored, "value", AnchorRules.Refusal(indicator, value))
        {
            Values = [("indicator", indicator.Code), ("given", Text(value))],
        };

    public static ItemFault KnownBeforeObserved() =>
        new(
            V1.ErrorReason.InvalidField,
            "known_at",
            "known_at lies before observed_at, and only a forecast is known before what it tells of. Check both, or give the horizon."
        );

    public static ItemFault KnownAtWithoutBackfill() =>
        new(
            V1.ErrorReason.KnownAtWithoutBackfill,
            "known_at",
            "known_at is for a backfill. Leave it out, or send the request as a backfill."
        );

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(Timestamp time) =>
        time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string StoreClock(TimeSpan? lead, DateTimeOffset now) =>
        lead is { } ahead
            ? string.Create(CultureInfo.InvariantCulture, $"the store's clock says {now + ahead:u}")
            : "the store has no clock of its own";

    private static string RangeOf(V1.Indicator indicator) =>
        (indicator.HasMinimum, indicator.HasMaximum) switch
        {
            (true, true) => $"{indicator.Minimum:R} to {indicator.Maximum:R}",
            (true, false) => $"{indicator.Minimum:R} or more",
            _ => $"{indicator.Maximum:R} or less",
        };
}
