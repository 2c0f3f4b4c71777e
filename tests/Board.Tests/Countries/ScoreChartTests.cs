using EarlyWarning.Board.Countries;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Board.Tests.Countries;

public sealed class ScoreChartTests
{
    private static readonly ScoreSpan s_span = new(Known.Now.AddHours(-10), Known.Now, 100);

    [Fact]
    public void Line_BeforeAnythingWasKnown_IsAGap()
    {
        var line = ScoreLine.Of([Change(-5, 50)], s_span, Known.Now, Known.Now.AddHours(-5));

        Assert.Equal([(0, 500)], line.Gaps);
        Assert.Equal([], ScoreLine.Of([Change(-5, 50)], s_span, Known.Now).Gaps);
    }

    [Fact]
    public void Places_AreToScale_AndNeverOutside()
    {
        Assert.Equal(500, s_span.X(Known.Now.AddHours(-5)), 6);
        Assert.Equal(0, s_span.X(Known.Now.AddYears(-1)));
        Assert.Equal(ScoreSpan.Height, s_span.Y(0));
        Assert.Equal(0, s_span.Y(100));
        Assert.Equal(0, s_span.Y(120));
        Assert.Equal("50%", s_span.Percent(Known.Now.AddHours(-5)));
    }

    [Theory]
    [InlineData("day")]
    [InlineData("month")]
    [InlineData("year")]
    [InlineData("all")]
    public void Moments_ThatAreLookedUp_AreFewAndTheSameForPagesOfOneSpan(string span)
    {
        var first = Known.Now.AddDays(-700);
        var one = ScoreSpan.Until(CountryAddress.Length(span), first, Known.Now, 100).Sampled.ToList();
        var later = ScoreSpan.Until(CountryAddress.Length(span), first, Known.Now.AddSeconds(40), 100).Sampled.ToList();

        Assert.InRange(one.Count, 4, 13);
        Assert.Equal(one, later);
    }

    [Fact]
    public void Span_AsTheClockGoes_StaysUntilItHasMovedByAGrain()
    {
        var day = CountryAddress.Length("day");
        var one = ScoreSpan.Until(day, null, Known.Now, 100);

        Assert.True(one.Holds(Known.Now));
        Assert.Equal(one, ScoreSpan.Until(day, null, Known.Now.AddSeconds(1), 100));
        Assert.NotEqual(one, ScoreSpan.Until(day, null, Known.Now.AddMinutes(5), 100));
    }

    [Fact]
    public void Line_HoldsAScoreUntilTheNext_AndHasAGapWhereThereIsNone()
    {
        var line = ScoreLine.Of([Change(-20, 50), Change(-5, 100), Change(-2, null), Change(-1, 25)], s_span, Known.Now);

        Assert.Equal("M0 110H500V0H800M900 165H1000", line.Path);
        Assert.Equal([(800, 900)], line.Gaps);
    }

    [Fact]
    public void Line_OfThousandsOfChanges_IsShort_AndKeepsTheHighest()
    {
        var changes = Enumerable.Range(0, 5000).Select(i => Change(-9.9 + (i * 0.0019), i == 2500 ? 99 : 10)).ToList();

        var line = ScoreLine.Of(changes, s_span, Known.Now);

        Assert.InRange(line.Path.Length, 100, 10_000);
        Assert.Contains("V2.2H", line.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Band_ThroughMomentsWithoutARange_IsCut()
    {
        ScoreSample Sample(double hours, Interval? range) => new(Known.Now.AddHours(hours), 50, range);
        Interval range = new() { Lower = 40, Upper = 60 };

        var bands = ScoreLine.Bands([Sample(-8, range), Sample(-7, range), Sample(-6, null), Sample(-5, range), Sample(-4, range)], s_span);

        Assert.Equal(["M200 88L300 88L300 132L200 132Z", "M500 88L600 88L600 132L500 132Z"], bands);
    }

    private static RiskChange Change(double hours, double? score)
    {
        RiskChange change = new() { Time = Known.Now.AddHours(hours).ToTimestamp() };
        if (score is { } known)
        {
            change.Score = known;
        }

        return change;
    }
}
