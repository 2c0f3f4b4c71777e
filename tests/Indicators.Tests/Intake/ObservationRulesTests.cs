using System.Collections.Frozen;
using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Indicators.Intake;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Indicators.Tests.Intake;

public sealed class ObservationRulesTests
{
    private static readonly CatalogueSnapshot s_catalogue = CatalogueSnapshot.Empty with
    {
        Indicators = Sample.Indicators().Append(Sample.Judged()).ToFrozenDictionary(indicator => indicator.Code),
    };

    public static TheoryData<V1.ErrorReason, string, Action<V1.Observation>> Refusals =>
        new()
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
            { V1.ErrorReason.ValueNotAnchored, "value", o => (o.Indicator, o.Value) = ("judged", 2.5) },
            { V1.ErrorReason.UnitMismatch, "unit", o => o.Unit = "events per year" },
            { V1.ErrorReason.InvalidField, "standard_error", o => o.StandardError = -1 },
            { V1.ErrorReason.InvalidField, "confidence", o => o.Confidence = 0 },
            { V1.ErrorReason.InvalidField, "confidence", o => o.Confidence = 1.1 },
            { V1.ErrorReason.InvalidField, "confidence", o => (o.Indicator, o.Confidence) = ("open", 0.5) },
            { V1.ErrorReason.InvalidField, "observed_at", o => o.ObservedAt = null },
            { V1.ErrorReason.InvalidField, "observed_at", o => o.ObservedAt = new() { Seconds = long.MaxValue } },
            { V1.ErrorReason.InvalidField, "observed_at", o => o.ObservedAt.Nanos = -1 },
            { V1.ErrorReason.ObservedInFuture, "observed_at", o => o.ObservedAt = At(Sample.Now.AddSeconds(301)) },
            { V1.ErrorReason.InvalidField, "observed_at", o => o.ObservedAt = new() },
            { V1.ErrorReason.ObservedTooEarly, "observed_at", o => o.ObservedAt = At(new(1, 1, 1, 0, 0, 0, TimeSpan.Zero)) },
            { V1.ErrorReason.ObservedTooEarly, "observed_at", o => o.ObservedAt = At(new(25, 6, 1, 0, 0, 0, TimeSpan.Zero)) },
            { V1.ErrorReason.ObservedTooEarly, "observed_at", o => o.ObservedAt = At(Sample.Now.AddYears(-11)) },
            { V1.ErrorReason.InvalidField, "horizon", o => o.Horizon = new() { Seconds = -1 } },
            { V1.ErrorReason.InvalidField, "horizon", o => o.Horizon = Duration.FromTimeSpan(TimeSpan.FromDays(3_654)) },
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

        var fault = Assert.Single(Rules().Check(item)!);

        Assert.Equal((reason, field), (fault.Reason, fault.Field));
        Assert.Matches(@"^.{20,300}\.$", fault.Message);
    }

    [Fact]
    public void Check_KnownAtInABackfill_IsValidUnlessItLiesAhead()
    {
        var item = Sample.Observation();
        item.KnownAt = At(Sample.Now.AddDays(-1));
        var ahead = Sample.Observation();
        ahead.KnownAt = At(Sample.Now.AddDays(1));

        Assert.Null(Rules(backfill: true).Check(item));
        Assert.Equal("known_at", Assert.Single(Rules(backfill: true).Check(ahead)!).Field);
    }

    [Fact]
    public void Check_KnownBeforeItWasObserved_IsRefusedUnlessItIsAForecast()
    {
        var item = Sample.Observation();
        item.KnownAt = At(item.ObservedAt.ToDateTimeOffset().AddDays(-1));
        var forecast = item.Clone();
        forecast.Horizon = Duration.FromTimeSpan(TimeSpan.FromDays(90));

        Assert.Equal("known_at", Assert.Single(Rules(backfill: true).Check(item)!).Field);
        Assert.Null(Rules(backfill: true).Check(forecast));
    }

    [Fact]
    public void Check_ThreeFaults_NamesAllThree()
    {
        var item = Sample.Observation();
        (item.Country, item.Value, item.Source) = ("FRA", double.NaN, "");

        Assert.Equal(["country", "value", "source"], Rules().Check(item)!.Select(fault => fault.Field));
    }

    [Theory]
    [InlineData(1789, true)]
    [InlineData(1788, false)]
    public void Check_HistoryAroundTheEarliestYear_IsTakenFrom1789On(int year, bool taken)
    {
        var item = Sample.Observation();
        item.ObservedAt = At(new(year, 12, 31, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(taken, Rules(backfill: true).Check(item) is null);
    }

    [Theory]
    [InlineData("QYA", 1985, "")]
    [InlineData("QYA", 1990, "")]
    [InlineData("QYA", 2019, "Yemen (YEM)")]
    [InlineData("YEM", 1985, "Yemen Arab Republic (QYA), Democratic Yemen (YMD)")]
    [InlineData("SUN", 2019, "Ukraine (UKR)")]
    [InlineData("UKR", 1975, "Union of Soviet Socialist Republics (SUN)")]
    [InlineData("YUG", 2010, "Serbia (SRB)")]
    [InlineData("MNE", 1995, "Yugoslavia (YUG)")]
    [InlineData("MNE", 1910, "")]
    [InlineData("SSD", 2000, "Sudan (SDN)")]
    [InlineData("KEN", 1950, "a State from 1963 on")]
    [InlineData("ESH", 1950, "")]
    [InlineData("FRA", 1800, "")]
    public void Check_HistoryOutsideAStatesYears_NamesTheStateOfThatYear(string country, int year, string named)
    {
        var item = Sample.Observation();
        (item.Country, item.ObservedAt) = (country, At(new(year, 6, 30, 0, 0, 0, TimeSpan.Zero)));

        var faults = Rules(backfill: true, exercise: false).Check(item);

        if (named.Length == 0)
        {
            Assert.Null(faults);
            return;
        }

        var fault = Assert.Single(faults!);
        Assert.Equal((V1.ErrorReason.OutsideStateYears, "country"), (fault.Reason, fault.Field));
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LiveValueOfAFormerState_IsRefusedWithItsSuccessor()
    {
        var item = Sample.Observation();
        item.Country = "QYA";

        Assert.Contains("Yemen (YEM)", Assert.Single(Rules(exercise: false).Check(item)!).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public void Check_ValueAtAnEndOfTheRange_IsValid(double value) => Assert.Null(Rules().Check(Sample.Observation(value: value)));

    [Fact]
    public void Check_FiveMinutesAhead_IsValid()
    {
        var item = Sample.Observation();
        item.ObservedAt = At(Sample.Now.AddMinutes(5));

        Assert.Null(Rules().Check(item));
    }

    [Fact]
    public void Check_Valid_IsMadeReadyForItsCountry()
    {
        var item = Sample.Observation();
        (item.Unit, item.Confidence) = ("events per month", 0.9);
        (item.Position, item.Current, item.Backfill, item.RecordedAt) = (9, true, true, At(Sample.Now));

        Assert.Null(Rules().Check(item));

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

        Assert.Null(Rules().Check(item));
        Assert.Equal("desk-1/2030/17", item.ObservationId);
    }

    [Fact]
    public void Check_CountryThatTheCallersRoleDoesNotReach_IsRefused()
    {
        var item = Sample.Observation();
        var other = Sample.Observation();
        other.Country = item.Country == "XAA" ? "XAB" : "XAA";
        var unknown = Sample.Observation();
        unknown.Country = "QQQ";
        var own = Rules(granted: [item.Country]);

        Assert.Null(own.Check(item));
        var fault = Assert.Single(own.Check(other)!);
        Assert.Equal((V1.ErrorReason.CountryNotGranted, "country"), (fault.Reason, fault.Field));
        Assert.Equal(V1.ErrorReason.UnknownCountry, own.Check(unknown)![0].Reason);
    }

    private static ObservationRules Rules(bool backfill = false, bool exercise = true, string[]? granted = null) =>
        new(s_catalogue, Countries.For(exercise), granted?.ToHashSet(), Sample.Now, TimeSpan.FromMinutes(5), backfill);

    private static Timestamp At(DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);
}
