using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Indicators.Intake;

/// <summary>Words the refusals of observations: what is wrong, with the value found, and what to do.</summary>
internal static class Verdicts
{
    public static ItemVerdict Invalid(string field, string message) => new(V1.ErrorReason.InvalidField, field, message);

    public static ItemVerdict UnknownCountry(V1.Observation item) => new(
        V1.ErrorReason.UnknownCountry, "country", $"'{Trailers.Echo(item.Country)}' is not a country that the suite knows. Use ISO 3166-1 alpha-3 in capitals; ListCountries has them.");

    public static ItemVerdict UnknownIndicator(V1.Observation item) => new(
        V1.ErrorReason.UnknownIndicator, "indicator", $"'{Trailers.Echo(item.Indicator)}' is not in the catalogue. Create it, or correct the code; ListIndicators has them.");

    public static ItemVerdict AreaNotSupported() => new(
        V1.ErrorReason.AreaNotSupported, "area", "Areas within a country are not served yet. Send the country's value without an area.");

    public static ItemVerdict NoValue(V1.Indicator indicator) => new(
        V1.ErrorReason.FieldMissing, "value", $"The observation has no value. Give one in {indicator.Unit}; where 0 was observed, say 0. Send nothing for what was not measured.");

    public static ItemVerdict NotFinite(string field, double value) => new(
        V1.ErrorReason.ValueNotFinite, field, $"{value:R} is no number to score. Leave out what was not measured.");

    public static ItemVerdict OutOfRange(double value, V1.Indicator indicator) => new(
        V1.ErrorReason.ValueOutOfRange, "value", $"{value:R} is outside the range of '{indicator.Code}', {RangeOf(indicator)} in {indicator.Unit}. Check value and unit.");

    public static ItemVerdict UnitMismatch(string unit, V1.Indicator indicator) => new(
        V1.ErrorReason.UnitMismatch, "unit", $"The unit of '{indicator.Code}' is '{indicator.Unit}' and not '{Trailers.Echo(unit)}'. Convert the value.");

    public static ItemVerdict InFuture(Timestamp observed, DateTimeOffset now) => new(
        V1.ErrorReason.ObservedInFuture, "observed_at",
        $"{observed.ToDateTimeOffset():u} lies ahead of the suite's clock, {now:u}. Check your clock, or send a forecast with horizon.");

    public static ItemVerdict KnownAtWithoutBackfill() => new(
        V1.ErrorReason.KnownAtWithoutBackfill, "known_at", "known_at is for a backfill. Leave it out, or send the request as a backfill.");

    private static string RangeOf(V1.Indicator indicator) => (indicator.HasMinimum, indicator.HasMaximum) switch
    {
        (true, true) => $"{indicator.Minimum:R} to {indicator.Maximum:R}",
        (true, false) => $"{indicator.Minimum:R} or more",
        _ => $"{indicator.Maximum:R} or less",
    };
}
