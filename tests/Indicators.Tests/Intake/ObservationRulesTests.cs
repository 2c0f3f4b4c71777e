using System.Collections.Frozen;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Indicators.Intake;
using EarlyWarning.Indicators.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Indicators.Tests.Intake;

public sealed class ObservationRulesTests
{
    private static readonly CatalogueSnapshot s_catalogue = CatalogueSnapshot.Empty with
    {
        Indicators = Sample.Indicators().ToFrozenDictionary(indicator => indicator.Code),
    };

    public static TheoryData<V1.ErrorReason, string, Action<V1.Observation>> Refusals => new()
    {
        { V1.ErrorReason.UnknownCountry, "country", o => o.Country = "FRA" },
        { V1.ErrorReason.UnknownCountry, "country", o => o.Country = "xab" },
        { V1.ErrorReason.UnknownCountry, "country", o => o.Country = "" },
        { V1.ErrorReason.UnknownIndicator, "indicator", o => o.Indicator = "none" },
        { V1.ErrorReason.AreaNotSupported, "area", o => o.Area = "XA-01" },
        { V1.ErrorReason.FieldMissing, "value", o => o.ClearValue() },
        { V1.ErrorReason.ValueNotFinite, "value", o => o.Value = double.NaN },
        { V1.ErrorReason.ValueNotFinite, "value", o => o.Value = double.NegativeInfinity },
        { V1.ErrorReason.ValueNotFinite, "standard_error", o => o.StandardError = double.PositiveInfinity },
        { V1.ErrorReason.ValueOutOfRange, "value", o => o.Value = 1_000.5 },
        { V1.ErrorReason.ValueOutOfRange, "value", o => o.Value = -0.5 },
        { V1.ErrorReason.UnitMismatch, "unit", o => o.Unit = "events per year" },
        { V1.ErrorReason.InvalidField, "standard_error", o => o.StandardError = -1 },
        { V1.ErrorReason.InvalidField, "confidence", o => o.Confidence = 0 },
        { V1.ErrorReason.InvalidField, "confidence", o => o.Confidence = 1.1 },
        { V1.ErrorReason.InvalidField, "confidence", o => (o.Indicator, o.Confidence) = ("open", 0.5) },
        { V1.ErrorReason.InvalidField, "observed_at", o => o.ObservedAt = null },
        { V1.ErrorReason.InvalidField, "observed_at", o => o.ObservedAt = new() { Seconds = long.MaxValue } },
        { V1.ErrorReason.InvalidField, "observed_at", o => o.ObservedAt.Nanos = -1 },
        { V1.ErrorReason.ObservedInFuture, "observed_at", o => o.ObservedAt = At(Sample.Now.AddSeconds(301)) },
        { V1.ErrorReason.InvalidField, "horizon", o => o.Horizon = new() { Seconds = -1 } },
        { V1.ErrorReason.InvalidField, "horizon", o => o.Horizon = new() { Seconds = long.MaxValue } },
        { V1.ErrorReason.KnownAtWithoutBackfill, "known_at", o => o.KnownAt = At(Sample.Now.AddDays(-1)) },
        { V1.ErrorReason.InvalidField, "source", o => o.Source = "" },
        { V1.ErrorReason.InvalidField, "source", o => o.Source = new string('x', 65) },
        { V1.ErrorReason.InvalidField, "source", o => o.Source = "dësk" },
        { V1.ErrorReason.InvalidField, "observation_id", o => o.ObservationId = new string('x', 65) },
        { V1.ErrorReason.InvalidField, "observation_id", o => o.ObservationId = "a\nb" },
        { V1.ErrorReason.InvalidField, "revision", o => o.Revision = -1 },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public void Check_OneFault_NamesReasonFieldAndFix(V1.ErrorReason reason, string field, Action<V1.Observation> spoil)
    {
        var item = Sample.Observation();
        spoil(item);

        var verdict = Rules().Check(item);

        Assert.Equal((reason, field), (verdict.Reason, verdict.Field));
        Assert.Matches(@"^.{20,300}\.$", verdict.Message);
    }

    [Fact]
    public void Check_KnownAtInABackfill_IsValidUnlessItLiesAhead()
    {
        var item = Sample.Observation();
        item.KnownAt = At(Sample.Now.AddDays(-1));
        var ahead = Sample.Observation();
        ahead.KnownAt = At(Sample.Now.AddDays(1));

        Assert.True(Rules(backfill: true).Check(item).Valid);
        Assert.Equal("known_at", Rules(backfill: true).Check(ahead).Field);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public void Check_ValueAtAnEndOfTheRange_IsValid(double value) => Assert.True(Rules().Check(Sample.Observation(value: value)).Valid);

    [Fact]
    public void Check_FiveMinutesAhead_IsValid()
    {
        var item = Sample.Observation();
        item.ObservedAt = At(Sample.Now.AddMinutes(5));

        Assert.True(Rules().Check(item).Valid);
    }

    [Fact]
    public void Check_Valid_IsMadeReadyForItsCountry()
    {
        var item = Sample.Observation();
        (item.Unit, item.Confidence) = ("events per month", 0.9);
        (item.Position, item.Current, item.Backfill, item.RecordedAt) = (9, true, true, At(Sample.Now));

        Assert.True(Rules().Check(item).Valid);

        Assert.Equal(50, item.StandardError, 9);
        Assert.Equal(32, item.ObservationId.Length);
        Assert.Equal(("", 0, false, false, (Timestamp?)null), (item.Unit, item.Position, item.Current, item.Backfill, item.RecordedAt));
        Assert.Same(s_catalogue.Indicators["events"].Code, item.Indicator);
    }

    [Fact]
    public void Check_IdGiven_IsKept()
    {
        var item = Sample.Observation();
        item.ObservationId = "desk-1/2030/17";

        Assert.True(Rules().Check(item).Valid);
        Assert.Equal("desk-1/2030/17", item.ObservationId);
    }

    private static ObservationRules Rules(bool backfill = false)
        => new(s_catalogue, Countries.For(exercise: true), Sample.Now, TimeSpan.FromMinutes(5), backfill);

    private static Timestamp At(DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);
}
