using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Catalogue.States;

namespace EarlyWarning.Indicators.Intake;

/// <summary>
/// What an observation must keep to, against one snapshot and one reading of the clock for a whole request. A valid one is made ready for
/// the country: with its id, its standard error, and the table's own strings in place of its own, so that a country holds each code once.
/// Of one that
/// is not, all faults are told.
/// </summary>
/// <remarks>
/// Some 150 ns an item: table look-ups, no allocation but an id where none is given. Faults are made for refused items alone.
/// </remarks>
internal readonly partial struct ObservationRules(
    CatalogueSnapshot catalogue,
    Countries countries,
    IReadOnlySet<string>? granted,
    DateTimeOffset now,
    TimeSpan clockLead,
    bool backfill
)
{
    private readonly long _latestSecond = (now + clockLead).ToUnixTimeSeconds();

    /// <summary>
    /// Checks one observation and, where it is valid, makes it ready. Gets its faults; <see langword="null"/> where it has none.
    /// </summary>
    public List<ItemFault>? Check(V1.Observation item)
    {
        List<ItemFault>? faults = null;
        if (!countries.TryGet(item.Country, out var country))
        {
            Add(ref faults, ObservationRefusals.UnknownCountry(item));
        }
        else if (granted?.Contains(country.Code) == false)
        {
            Add(ref faults, ObservationRefusals.CountryNotGranted(country));
        }

        if (!catalogue.Indicators.TryGetValue(item.Indicator, out var indicator))
        {
            Add(ref faults, ObservationRefusals.UnknownIndicator(item));
        }

        if (item.Area.Length > 0)
        {
            Add(ref faults, ObservationRefusals.AreaNotSupported());
        }

        CheckValue(item, indicator, ref faults);
        CheckTimes(item, country, ref faults);
        CheckIdentity(item, ref faults);
        if (faults is null)
        {
            MakeReady(item, country!.Code, indicator!);
        }

        return faults;
    }

    private static void CheckValue(V1.Observation item, V1.Indicator? indicator, ref List<ItemFault>? faults)
    {
        if (!item.HasValue)
        {
            Add(ref faults, ObservationRefusals.NoValue(indicator));
        }
        else if (!double.IsFinite(item.Value))
        {
            Add(ref faults, ObservationRefusals.NotFinite("value", item.Value));
        }
        else if (
            indicator is not null
            && ((indicator.HasMinimum && item.Value < indicator.Minimum) || (indicator.HasMaximum && item.Value > indicator.Maximum))
        )
        {
            Add(ref faults, ObservationRefusals.OutOfRange(item.Value, indicator));
        }
        else if (indicator is not null && !AnchorRules.Take(indicator, item.Value))
        {
            Add(ref faults, ObservationRefusals.NotAnchored(item.Value, indicator));
        }

        if (indicator is not null && item.Unit.Length > 0 && item.Unit != indicator.Unit)
        {
            Add(ref faults, ObservationRefusals.UnitMismatch(item.Unit, indicator));
        }

        switch (item.PrecisionCase)
        {
            case V1.Observation.PrecisionOneofCase.StandardError when !double.IsFinite(item.StandardError):
                Add(ref faults, ObservationRefusals.NotFinite("standard_error", item.StandardError));
                break;
            case V1.Observation.PrecisionOneofCase.StandardError when item.StandardError < 0:
                Add(
                    ref faults,
                    ObservationRefusals.Invalid("standard_error", "The standard error must be 0 or more, in the indicator's " + "unit.")
                );
                break;
            case V1.Observation.PrecisionOneofCase.Confidence when !(item.Confidence > 0 && item.Confidence <= 1):
                Add(ref faults, ObservationRefusals.Invalid("confidence", "The confidence must be above 0 and at most 1."));
                break;
            case V1.Observation.PrecisionOneofCase.Confidence
                when item.Confidence < 1 && indicator is { HasMinimum: false } or { HasMaximum: false }:
                Add(
                    ref faults,
                    ObservationRefusals.Invalid(
                        "confidence",
                        $"A confidence is a share of the indicator's range, and '{indicator!.Code}' has none. Give standard_error."
                    )
                );
                break;
            default:
                break;
        }
    }

    private static void CheckIdentity(V1.Observation item, ref List<ItemFault>? faults)
    {
        if (item.Source.Length is 0 or > 64 || item.Source.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            Add(ref faults, ObservationRefusals.Invalid("source", "Say who observed, in 1 to 64 printable ASCII characters."));
        }

        if (item.ObservationId.Length > 64 || item.ObservationId.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            Add(
                ref faults,
                ObservationRefusals.Invalid(
                    "observation_id",
                    "The id must have at most 64 printable ASCII characters. Leave it out and the suite derives one."
                )
            );
        }

        if (item.Revision < 0)
        {
            Add(ref faults, ObservationRefusals.Invalid("revision", "The revision must be 0 or more; the highest is current."));
        }
    }

    private static void MakeReady(V1.Observation item, string country, V1.Indicator indicator)
    {
        item.Country = country;
        item.Indicator = indicator.Code;
        if (item.PrecisionCase == V1.Observation.PrecisionOneofCase.Confidence)
        {
            item.StandardError = item.Confidence == 1 ? 0 : (1 - item.Confidence) * (indicator.Maximum - indicator.Minimum) / 2;
        }

        // What the suite sets is not for callers to set, and a unit that is the indicator's own says nothing more.
        item.Unit = "";
        item.RecordedAt = null;
        item.Backfill = false;
        item.Position = 0;
        item.Current = false;
        if (item.ObservationId.Length == 0)
        {
            item.ObservationId = ObservationId.Derive(item);
        }
    }

    private static void Add(ref List<ItemFault>? faults, in ItemFault fault) => (faults ??= []).Add(fault);
}
