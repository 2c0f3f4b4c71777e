using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Indicators.Intake;

namespace EarlyWarning.Indicators.Tests.Intake;

public sealed class ObservationIdTests
{
    /// <summary>Golden: an id that changes would count everything resent over an upgrade twice.</summary>
    [Fact]
    public void Derive_KnownObservation_GivesTheIdOfAllBuilds()
    {
        var known = new V1.Observation
        {
            Source = "desk-1",
            Country = "XAB",
            Indicator = "events",
            Value = 5,
            ObservedAt = new() { Seconds = 1_906_459_200 },
        };

        Assert.Equal("93641057f3b28686bea3ebb4891256ff", ObservationId.Derive(known));
    }

    public static TheoryData<Action<V1.Observation>> Differences =>
        new()
        {
            { o => o.Source = "desk-2" },
            { o => o.Country = "XAC" },
            { o => o.Indicator = "trust" },
            { o => o.Value = 5.5 },
            { o => o.ObservedAt.Seconds++ },
            { o => o.ObservedAt.Nanos += 100 },
            { o => o.Horizon = new() { Seconds = 60 } },
            { o => o.Horizon = new() { Nanos = 100 } },
            { o => o.Revision = 1 },
            { o => o.StandardError = 0 },
            { o => o.StandardError = 3 },
            { o => o.KnownAt = o.ObservedAt },
            { o => (o.Source, o.Country) = ("desk-1X", "AB") },
        };

    [Theory]
    [MemberData(nameof(Differences), DisableDiscoveryEnumeration = true)]
    public void Derive_AnythingThatIsComparedDiffers_GivesAnotherId(Action<V1.Observation> change)
    {
        var other = Sample.Observation();
        change(other);

        Assert.NotEqual(ObservationId.Derive(Sample.Observation()), ObservationId.Derive(other));
    }

    [Fact]
    public void Derive_WhatIsNotComparedDiffers_GivesTheSameId()
    {
        var other = Sample.Observation();
        other.Horizon = new();
        other.ObservedAt.Nanos++;

        Assert.Equal(ObservationId.Derive(Sample.Observation()), ObservationId.Derive(other));
        Assert.Equal(ObservationId.Derive(Sample.Observation(value: 0)), ObservationId.Derive(Sample.Observation(value: -0.0)));
    }
}
