using Bunit;
using EarlyWarning.Board.Countries;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Components;

namespace EarlyWarning.Board.Tests.Countries;

/// <summary>What the chart of a country says where it is read.</summary>
public sealed class ScoreReadingTests : PageContext
{
    private static readonly ScoreSpan s_span = new(Known.Now.AddHours(-60), Known.Now, 100);

    public ScoreReadingTests() => SetRendererInfo(new RendererInfo("Server", true));

    [Fact]
    public void Readings_OfAScoreThatHolds_SayItAtEachPlace_AndThatThereIsNoneBeforeIt()
    {
        var readings = ScoreReading.Of([Change(-30, 50, "high")], [], s_span, Known.Now);

        Assert.Equal(ScoreReading.Places, readings.Count);
        Assert.All(readings.Take(30), one => Assert.Equal((null, ""), (one.Score, one.Level)));
        Assert.All(readings.Skip(30), one => Assert.Equal((50.0, "high"), (one.Score, one.Level)));
        Assert.True(readings.Zip(readings.Skip(1)).All(pair => pair.First.At < pair.Second.At));
    }

    [Fact]
    public void Reading_OfAStripWithSeveralChanges_IsItsHighest_AtItsTime()
    {
        var readings = ScoreReading.Of([Change(-59, 10), Change(-10.9, 90), Change(-10.5, 20), Change(-10.2, null)], [], s_span, Known.Now);

        Assert.Equal((90, Known.Now.AddHours(-10.9)), (readings[49].Score, readings[49].At));
        Assert.Null(readings[50].Score);
    }

    [Fact]
    public void Readings_OfWhatHasNotComeYet_AreNone()
    {
        var readings = ScoreReading.Of([Change(-59, 10)], [], s_span, Known.Now.AddHours(-30.5));

        Assert.Equal(30, readings.Count);
        Assert.True(readings[^1].At <= Known.Now.AddHours(-30.5));
    }

    [Fact]
    public void Range_BetweenTwoMoments_IsAsTheBandIsDrawn_AndNoneWhereTheScoreHasLeftIt()
    {
        ScoreSample[] samples = [Sample(-40, 40, 60), Sample(-20, 50, 70)];

        var readings = ScoreReading.Of([Change(-50, 55), Change(-30, 95)], samples, s_span, Known.Now);

        Assert.Equal(42.75, readings[25].Range!.Lower, 6);
        Assert.Equal(62.75, readings[25].Range!.Upper, 6);
        Assert.Null(readings[35].Range);
        Assert.Null(readings[5].Range);
    }

    [Fact]
    public void Slider_WhereItIsMoved_ReadsTheChartThere_AndTheOutlookAfterThePresent()
    {
        var file = KnownCountry.File(Change(-24 * 20, 40, "high"), Change(-24 * 5, 50, "high"));
        file.Explained.Risk.Outlook = new()
        {
            State = DataState.Sufficient,
            Score = 81,
            Level = "severe",
            Coverage = 0.12,
        };
        var page = Show<ScoreChart>(Known.Sight(Known.State()), ("File", file), ("Address", new CountryAddress("AAA")));
        string Read() => page.Find(".reader p").TextContent;

        Assert.Contains("50 of 100", Read(), StringComparison.Ordinal);
        Assert.Equal(Read(), page.Find("#history-at").GetAttribute("aria-valuetext"));

        page.Find("#history-at").Input("25");
        Assert.Contains("40 of 100, high", Read(), StringComparison.Ordinal);
        Assert.Equal(Read(), string.Join(": ", page.FindAll(".read.on text").Select(one => one.TextContent)));

        page.Find("#history-at").Input("0");
        Assert.Contains("no score", Read(), StringComparison.Ordinal);

        page.Find("#history-at").Input("999");
        Assert.Equal("Outlook: 81 of 100, severe, from forecasts for 12\u202f% of the weight", Read());
        Assert.Contains("81", page.Find("#history-data tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".ahead .diamond"));
    }

    [Fact]
    public void Chart_WithoutAForecast_DrawsNothingAhead()
    {
        var page = Show<ScoreChart>(
            Known.Sight(Known.State()),
            ("File", KnownCountry.File(Change(-5, 50))),
            ("Address", new CountryAddress("AAA"))
        );

        Assert.Empty(page.FindAll(".ahead"));
        Assert.DoesNotContain("Outlook", page.Markup, StringComparison.Ordinal);
    }

    private static ScoreSample Sample(double hours, double lower, double upper) =>
        new(Known.Now.AddHours(hours), (lower + upper) / 2, new() { Lower = lower, Upper = upper });

    private static RiskChange Change(double hours, double? score, string level = "")
    {
        RiskChange change = new() { Time = Known.Now.AddHours(hours).ToTimestamp(), Level = level };
        if (score is { } known)
        {
            change.Score = known;
        }

        return change;
    }
}
