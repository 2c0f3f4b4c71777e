using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Thresholds;

/// <summary>Thresholds that ask for more than one source.</summary>
public sealed class CorroborationTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Above_OneSourceAlone_FiresOnlyWhenASecondReportsTheSame()
    {
        var desk = At(Samples.Above(60, "violence", TwoSources));
        Report(desk, "first", ("killings", 100), ("threats", 100));
        Assert.Empty(desk.Decided);

        Report(desk, "second", ("threats", 70));

        var breach = Assert.Single(desk.Decided);
        Assert.Contains("by 2 sources or more", breach.Sentence, StringComparison.Ordinal);
        Assert.Equal(2, breach.Sources);
    }

    [Fact]
    public void Above_SecondSourceIsSetAsideByANewerObservation_CountsAllTheSame()
    {
        var desk = At(Samples.Above(60, "violence", TwoSources));
        Report(desk, "first", ("killings", 100), ("threats", 100));
        desk.Record(Samples.Observation("killings", 90, Samples.Start - s_minute, source: "second"));

        Assert.Equal(["Firing"], desk.Story);
    }

    [Fact]
    public void Above_SecondSourceReportsCalm_DoesNotFire()
    {
        var desk = At(Samples.Above(60, "violence", TwoSources));
        Report(desk, "first", ("killings", 100), ("threats", 100));
        Report(desk, "second", ("threats", 40));

        Assert.Equal(70, desk.Framework.Present.NodeScore(0)!.Value, 9);
        Assert.Empty(desk.Decided);
    }

    [Fact]
    public void Above_SecondSourceIsOutOfDate_DoesNotFire()
    {
        var desk = At(Samples.Above(60, "violence", TwoSources), validity: TimeSpan.FromDays(10));
        Report(desk, "second", ("killings", 50), ("threats", 100));
        desk.Pass(TimeSpan.FromDays(11));
        Report(desk, "first", ("killings", 100), ("threats", 100));

        Assert.Empty(desk.Decided);
    }

    [Fact]
    public void Above_OfAnIndicator_CountsWhoReportsItsValue()
    {
        var desk = At(Samples.Above(60, "killings", TwoSources));
        Report(desk, "first", ("killings", 80));
        Report(desk, "second", ("threats", 100));
        Assert.Empty(desk.Decided);

        Report(desk, "second", ("killings", 61));

        Assert.Equal(["Firing"], desk.Story);
    }

    [Fact]
    public void Firing_OneSourceIsLeft_GoesOnAndResolvesByTheScoreAlone()
    {
        var desk = At(Samples.Above(60, "violence", TwoSources));
        Report(desk, "first", ("killings", 100), ("threats", 100));
        Report(desk, "second", ("threats", 70));
        Report(desk, "second", ("threats", 30));
        Assert.Equal(["Firing"], desk.Story);

        Report(desk, "first", ("killings", 20));

        Assert.Equal(["Firing", "Resolved"], desk.Story);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Level_ReachedByANamedNode_AsksForSourcesAtTheBeginningOfTheLevelInThatNode(double second, bool fires)
    {
        var desk = new Desk(
            new FakeCatalogue()
                .Put(Samples.Levelled())
                .Put(Samples.Above(0, change: threshold =>
                    {
                        (threshold.Condition, threshold.Level) = (V1.Condition.Level, "high");
                        threshold.ClearValue();
                        TwoSources(threshold);
                    }))
        );
        Report(desk, "first", ("killings", 100), ("threats", 100));
        Report(desk, "second", ("threats", second));

        Assert.Equal(fires ? ["Firing"] : [], desk.Story);
    }

    [Fact]
    public void Fold_OfWhatWasDecided_ComesToTheSame()
    {
        var desk = At(Samples.Above(60, "violence", TwoSources));
        Report(desk, "first", ("killings", 100), ("threats", 100));
        Report(desk, "second", ("threats", 70));

        Assert.Equal(desk.State.Thresholds.Watched[0].Stage, desk.Fold().Thresholds.Watched[0].Stage);
    }

    private static void TwoSources(V1.Threshold threshold) => threshold.MinimumSources = 2;

    private static Desk At(V1.Threshold threshold, TimeSpan? validity = null) =>
        new(new FakeCatalogue().Put(Samples.Small(validity: validity)).Put(threshold));

    private static void Report(Desk desk, string source, params (string Indicator, double Value)[] values)
    {
        desk.Sleep(s_minute);
        desk.Record([.. values.Select(value => Samples.Observation(value.Indicator, value.Value, desk.Now, source: source))]);
    }
}
