using EarlyWarning.Scoring.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.ConditionPreview.Types;

namespace EarlyWarning.Scoring.Tests.WhatIf;

public sealed class ThresholdPreviewTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private readonly FakeCall _call = new();

    [Fact]
    public async Task Preview_OfTheScore_ReadsEachCountry_AndRecordsNoThreshold()
    {
        var answer = await AskAsync(Of(V1.Condition.Above, threshold => threshold.Value = 70));

        Assert.Equal(Reading.Met, For(answer, "XAA").Reading);
        Assert.Equal(Reading.NotMet, For(answer, "XAB").Reading);
        Assert.Equal(Samples.Seen(20, 40, 0.5), For(answer, "XAB").Value, 1e-9);
        Assert.Equal(house.World.Current.Revision, answer.CatalogueRevision);
        Assert.DoesNotContain("tried", house.World.Current.Thresholds.Keys);
    }

    [Fact]
    public async Task Preview_OfANodeAnIndicatorAndALevel_IsReadAsLive()
    {
        var indicator = await AskAsync(Of(V1.Condition.Above, threshold => (threshold.Target, threshold.Value) = ("killings", 20)));
        var node = await AskAsync(Of(V1.Condition.Below, threshold => (threshold.Target, threshold.Value) = ("violence", 35)));
        var level = await AskAsync(Of(V1.Condition.Level, threshold => threshold.Level = "high"));

        Assert.Equal((Reading.Met, 20.0), (For(indicator, "XAB").Reading, For(indicator, "XAB").Value));
        Assert.Equal((Reading.Met, 30.0), (For(node, "XAB").Reading, Math.Round(For(node, "XAB").Value, 6)));
        Assert.Equal((Reading.Met, false), (For(level, "XAA").Reading, For(level, "XAA").HasValue));
        Assert.Equal(Reading.NotMet, For(level, "XAB").Reading);
    }

    [Fact]
    public async Task Preview_OfARise_IsMeasuredFromTheLowestOfItsWindow()
    {
        var answer = await AskAsync(
            Of(V1.Condition.Rise, threshold => (threshold.Value, threshold.Window) = (1, Duration.FromTimeSpan(TimeSpan.FromDays(30))))
        );

        Assert.All(answer.Countries, one =>
            Assert.Equal(one.HasLowest && one.HasValue && one.Value - one.Lowest >= 1, one.Reading == Reading.Met)
        );
    }

    [Fact]
    public async Task Preview_OfWhatIsNotSureEnough_IsNotKnown_WithItsProbability()
    {
        var sieges = Samples.Indicator("sieges", 0, 100);
        sieges.DefaultError = new()
        {
            Normal = new() { Absolute = 4 },
            Reason = "Counted by hand",
        };
        V1.Node leaf = new()
        {
            Leaf = new()
            {
                Indicator = "sieges",
                Direction = V1.Direction.Increasing,
                Low = 0,
                High = 100,
            },
        };
        house
            .World.Put(sieges)
            .Put(Samples.Small("frameworks/sieges", change: model =>
                {
                    model.Root.Children.Clear();
                    model.Root.Children.Add(leaf);
                }))
            .See("XAB", "sieges", 60, error: 4);
        var threshold = Of(V1.Condition.Above, one => (one.Value, one.MinimumProbability) = (59, 0.99));
        threshold.Framework = "frameworks/sieges";

        var answer = await AskAsync(threshold);

        Assert.Equal(Reading.Unknown, For(answer, "XAB").Reading);
        Assert.InRange(For(answer, "XAB").Probability, 0.5, 0.7);
    }

    [Fact]
    public async Task Preview_OfAProbability_WhereErrorsAreMostlyNotStated_IsRefused() =>
        await Refused.AtAsync("threshold.minimum_probability", "INVALID_FIELD", () =>
            AskAsync(Of(V1.Condition.Above, threshold => (threshold.Value, threshold.MinimumProbability) = (50, 0.9)))
        );

    [Fact]
    public async Task Preview_OfSomeCountries_IsOfThoseThatTheThresholdWatchesToo()
    {
        var some = Of(V1.Condition.Above, threshold => threshold.Value = 70);
        some.Countries.Add(["XAA", "XAB"]);

        Assert.Equal(["XAA", "XAB"], (await AskAsync(some)).Countries.Select(one => one.Country));
        Assert.Equal(["XAB"], (await AskAsync(some, "XAB", "XAC")).Countries.Select(one => one.Country));
        Assert.Empty((await AskAsync(some, "XAC")).Countries);
    }

    [Fact]
    public async Task Preview_OfAFaultyThreshold_IsRefusedByField()
    {
        await Refused.AtAsync("threshold.value", "INVALID_FIELD", () => AskAsync(Of(V1.Condition.Above, one => one.Value = 700)));
        await Refused.AtAsync("threshold.target", "INVALID_FIELD", () =>
            AskAsync(Of(V1.Condition.Above, one => (one.Value, one.Target) = (7, "none")))
        );
        await Refused.AtAsync("countries[0]", "UNKNOWN_COUNTRY", () => AskAsync(Of(V1.Condition.Above, one => one.Value = 70), "AAA"));
    }

    private Task<V1.PreviewThresholdResponse> AskAsync(V1.Threshold threshold, params string[] countries) =>
        house.Api.PreviewThreshold(new() { Threshold = threshold, Countries = { countries } }, _call);

    private static V1.ConditionPreview For(V1.PreviewThresholdResponse answer, string country) =>
        Assert.Single(answer.Countries, one => one.Country == country);

    private static V1.Threshold Of(V1.Condition condition, Action<V1.Threshold> with)
    {
        V1.Threshold threshold = new()
        {
            Name = "thresholds/tried",
            DisplayName = "Tried",
            Framework = Samples.Index,
            Condition = condition,
            Severity = V1.Severity.Warning,
        };
        with(threshold);
        return threshold;
    }
}
