using EarlyWarning.Scoring.Engine.Evaluation;

namespace EarlyWarning.Engine.Tests.Evaluation;

/// <summary>The one definition by which models, frameworks and rules are judged.</summary>
public class HitDefinitionTests
{
    private static readonly DateTimeOffset Start = new(2003, 12, 31, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void WindowOf_HorizonEndsNearAPeriod_EndsWithIt()
    {
        var definition = new HitDefinition(TimeSpan.FromDays(366), TimeSpan.Zero)
        {
            Moments = [.. Enumerable.Range(0, 5).Select(Start.AddYears)],
        };

        var (leap, common) = (definition.WindowOf(Start), definition.WindowOf(Start.AddYears(1)));

        Assert.Equal((Start.AddYears(1), Start.AddYears(2)), (leap.End, common.End));
        Assert.True(leap.Holds(Start.AddYears(1)));
        Assert.False(common.Holds(Start.AddYears(1)));
        Assert.Equal(Start.AddYears(4).AddDays(366), definition.WindowOf(Start.AddYears(4)).End);
    }

    [Fact]
    public void WindowOf_WarningThatEnded_EndsWithItsGrace()
    {
        var definition = new HitDefinition(TimeSpan.FromDays(100), TimeSpan.FromDays(10));

        Assert.Equal(Start.AddDays(30), definition.WindowOf(Start, Start.AddDays(20)).End);
        Assert.Equal(Start.AddDays(100), definition.WindowOf(Start, Start.AddDays(95)).End);
        Assert.Equal(Start.AddDays(100), definition.WindowOf(Start).End);
        Assert.Equal(DateTimeOffset.MaxValue, new HitDefinition(TimeSpan.MaxValue, TimeSpan.Zero).WindowOf(Start).End);
    }

    [Fact]
    public void Words_WithAndWithoutGrace_SayWhatCounts()
    {
        Assert.Equal(
            "An event counts for a forecast or a warning that it follows, strictly, within 366 days; for a warning only while it stands.",
            new HitDefinition(TimeSpan.FromDays(366), TimeSpan.Zero).Words
        );
        Assert.EndsWith(
            "while it stands or within 30 days after its end.",
            new HitDefinition(TimeSpan.FromDays(366), TimeSpan.FromDays(30)).Words
        );
    }
}
