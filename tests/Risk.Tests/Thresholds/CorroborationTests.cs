using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Thresholds;

/// <summary>Thresholds that ask for more than one source.</summary>
public sealed class CorroborationTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Above_OneSourceAlone_FiresOnlyWhenASecondReportsTheSame()
    {
        var country = At(Samples.Above(60, "violence", TwoSources));
        Report(country, "first", ("killings", 100), ("threats", 100));
        Assert.Empty(country.Decided);

        Report(country, "second", ("threats", 70));

        var breach = Assert.Single(country.Decided);
        Assert.Contains("by 2 sources or more", breach.Sentence, StringComparison.Ordinal);
        Assert.Equal(2, breach.Sources);
    }

    [Fact]
    public void Above_SecondSourceIsSetAsideByANewerObservation_CountsAllTheSame()
    {
        var country = At(Samples.Above(60, "violence", TwoSources));
        Report(country, "first", ("killings", 100), ("threats", 100));
        country.Record(Samples.Observation("killings", 90, Samples.Start - s_minute, source: "second"));

        Assert.Equal(["Firing"], country.Story);
    }

    [Fact]
    public void Above_SecondSourceReportsCalm_DoesNotFire()
    {
        var country = At(Samples.Above(60, "violence", TwoSources));
        Report(country, "first", ("killings", 100), ("threats", 100));
        Report(country, "second", ("threats", 40));

        Assert.Equal(70, country.Framework.Present.NodeScore(0)!.Value, 9);
        Assert.Empty(country.Decided);
    }

    [Fact]
    public void Above_SecondSourceIsOutOfDate_DoesNotFire()
    {
        var country = At(Samples.Above(60, "violence", TwoSources), validity: TimeSpan.FromDays(10));
        Report(country, "second", ("killings", 50), ("threats", 100));
        country.Pass(TimeSpan.FromDays(11));
        Report(country, "first", ("killings", 100), ("threats", 100));

        Assert.Empty(country.Decided);
    }

    [Fact]
    public void Above_OfAnIndicator_CountsWhoReportsItsValue()
    {
        var country = At(Samples.Above(60, "killings", TwoSources));
        Report(country, "first", ("killings", 80));
        Report(country, "second", ("threats", 100));
        Assert.Empty(country.Decided);

        Report(country, "second", ("killings", 61));

        Assert.Equal(["Firing"], country.Story);
    }

    [Fact]
    public void Firing_OneSourceIsLeft_GoesOnAndResolvesByTheScoreAlone()
    {
        var country = At(Samples.Above(60, "violence", TwoSources));
        Report(country, "first", ("killings", 100), ("threats", 100));
        Report(country, "second", ("threats", 70));
        Report(country, "second", ("threats", 30));
        Assert.Equal(["Firing"], country.Story);

        Report(country, "first", ("killings", 20));

        Assert.Equal(["Firing", "Resolved"], country.Story);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Level_ReachedByANamedNode_AsksForSourcesAtTheBeginningOfTheLevelInThatNode(double second, bool fires)
    {
        var country = new CountryDriver(
            new FakeCatalogue()
                .Put(Samples.Levelled())
                .Put(Samples.Above(0, change: threshold =>
                    {
                        (threshold.Condition, threshold.Level) = (V1.Condition.Level, "high");
                        threshold.ClearValue();
                        TwoSources(threshold);
                    }))
        );
        Report(country, "first", ("killings", 100), ("threats", 100));
        Report(country, "second", ("threats", second));

        Assert.Equal(fires ? ["Firing"] : [], country.Story);
    }

    [Fact]
    public void Fold_OfWhatWasDecided_ComesToTheSame()
    {
        var country = At(Samples.Above(60, "violence", TwoSources));
        Report(country, "first", ("killings", 100), ("threats", 100));
        Report(country, "second", ("threats", 70));

        Assert.Equal(country.State.Thresholds.Watched[0].Stage, country.Fold().Thresholds.Watched[0].Stage);
    }

    private static void TwoSources(V1.Threshold threshold) => threshold.MinimumSources = 2;

    private static CountryDriver At(V1.Threshold threshold, TimeSpan? validity = null) =>
        new(new FakeCatalogue().Put(Samples.Small(validity: validity)).Put(threshold));

    private static void Report(CountryDriver country, string source, params (string Indicator, double Value)[] values)
    {
        country.Sleep(s_minute);
        country.Record([.. values.Select(value => Samples.Observation(value.Indicator, value.Value, country.Now, source: source))]);
    }
}
