using System.ComponentModel.DataAnnotations;
using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Countries;

public sealed class SeriesLimitsTests
{
    [Fact]
    public void Record_SourceNamedAnewEachTime_IsRefusedAndLeavesNothingBehind()
    {
        var desk = new Desk(new FakeCatalogue().Put(Samples.Small()), options: new() { MaxSources = 3 });
        for (var i = 0; i < 10; i++)
        {
            var answer = desk.Send([Samples.Observation("killings", i, Samples.Start.AddMinutes(i), $"id{i}", source: $"report-{i}")]);
            Assert.Equal(i < 3 ? V1.Outcome.Recorded : V1.Outcome.Rejected, answer.Outcomes[0]);
            if (i >= 3)
            {
                var problem = Assert.Single(answer.Problems);
                Assert.Equal(("TOO_MANY_SERIES", "source"), (problem.Reason, problem.Field));
                Assert.Contains($"'report-{i}'", problem.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(3, desk.State.Series.Count);
        Assert.Equal(
            [V1.Outcome.Recorded, V1.Outcome.Recorded],
            desk.Record(
                Samples.Observation("killings", 1, Samples.Start.AddMinutes(20), source: "report-1"),
                Samples.Observation("courts", 1, Samples.Start.AddMinutes(20), source: "report-9")
            )
        );
        Assert.Equal(desk.State.Series.Count, desk.Fold().Series.Count);
    }

    [Fact]
    public void Record_HorizonAnewEachTime_IsRefused()
    {
        var desk = new Desk(new FakeCatalogue().Put(Samples.Small()), options: new() { MaxHorizons = 2 });
        var outcomes = desk.Record([
            .. Enumerable
                .Range(0, 5)
                .Select(i => Samples.Observation("killings", 1, Samples.Start, $"id{i}", horizon: TimeSpan.FromDays(i))),
        ]);
        Assert.Equal([V1.Outcome.Recorded, V1.Outcome.Recorded, V1.Outcome.Recorded, V1.Outcome.Rejected, V1.Outcome.Rejected], outcomes);
    }

    [Fact]
    public void Record_IndicatorsBeyondTheSeriesOfACountry_AreRefused()
    {
        var desk = new Desk(new FakeCatalogue().Put(Samples.Small()), options: new() { MaxSeries = 4 });
        var outcomes = desk.Record([.. Enumerable.Range(0, 6).Select(i => Samples.Observation($"i{i}", 1, Samples.Start))]);
        Assert.Equal(4, outcomes.Count(outcome => outcome == V1.Outcome.Recorded));
        Assert.Equal(4, desk.State.Series.Indicators.Count);
    }

    [Fact]
    public void Record_RefusedForItsId_LeavesNoSeriesBehind()
    {
        var desk = new Desk(new FakeCatalogue().Put(Samples.Small()));
        desk.Record(Samples.Observation("killings", 1, Samples.Start, "one"));
        Assert.Equal([V1.Outcome.Rejected], desk.Record(Samples.Observation("courts", 1, Samples.Start, "one", source: "other")));
        Assert.Equal(1, desk.State.Series.Count);
        Assert.False(desk.State.Series.TryGet("courts", out _));
    }

    [Fact]
    public void Fold_JournalBeyondTheLimits_IsTaken()
    {
        var desk = new Desk(new FakeCatalogue().Put(Samples.Small()), options: new() { MaxSources = 1_000 });
        desk.Record([
            .. Enumerable.Range(0, 100).Select(i => Samples.Observation("killings", 1, Samples.Start, $"id{i}", source: $"s{i}")),
        ]);
        Assert.Equal(100, desk.Fold().Series.Count);
    }

    [Fact]
    public void Options_BeyondTheirLimits_AreRefusedAllAtOnce()
    {
        var message = Assert.Throws<ValidationException>(() => new RiskOptions { MaxSources = 0, MaxSeries = -1 }.Checked()).Message;
        Assert.Contains("MaxSources", message, StringComparison.Ordinal);
        Assert.Contains("MaxSeries", message, StringComparison.Ordinal);
        Assert.NotNull(new RiskOptions().Checked());
    }
}
