using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Intake;

public sealed class SeriesLimitsTests
{
    [Fact]
    public void Record_SourceNamedAnewEachTime_IsRefusedAndLeavesNothingBehind()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()), limits: new(3, 16, 20_000));
        for (var i = 0; i < 10; i++)
        {
            var answer = country.Send([Samples.Observation("killings", i, Samples.Start.AddMinutes(i), $"id{i}", source: $"report-{i}")]);
            Assert.Equal(i < 3 ? V1.Outcome.Recorded : V1.Outcome.Rejected, answer.Outcomes[0]);
            if (i >= 3)
            {
                var problem = Assert.Single(answer.Problems);
                Assert.Equal(("TOO_MANY_SERIES", "source"), (problem.Reason, problem.Field));
                Assert.Contains($"'report-{i}'", problem.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(3, country.State.Series.Count);
        Assert.Equal(
            [V1.Outcome.Recorded, V1.Outcome.Recorded],
            country.Record(
                Samples.Observation("killings", 1, Samples.Start.AddMinutes(20), source: "report-1"),
                Samples.Observation("courts", 1, Samples.Start.AddMinutes(20), source: "report-9")
            )
        );
        Assert.Equal(country.State.Series.Count, country.Fold().Series.Count);
    }

    [Fact]
    public void Record_HorizonAnewEachTime_IsRefused()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()), limits: new(64, 2, 20_000));
        var outcomes = country.Record([
            .. Enumerable
                .Range(0, 5)
                .Select(i => Samples.Observation("killings", 1, Samples.Start, $"id{i}", horizon: TimeSpan.FromDays(i))),
        ]);
        Assert.Equal([V1.Outcome.Recorded, V1.Outcome.Recorded, V1.Outcome.Recorded, V1.Outcome.Rejected, V1.Outcome.Rejected], outcomes);
    }

    [Fact]
    public void Record_IndicatorsBeyondTheSeriesOfACountry_AreRefused()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()), limits: new(64, 16, 4));
        var outcomes = country.Record([.. Enumerable.Range(0, 6).Select(i => Samples.Observation($"i{i}", 1, Samples.Start))]);
        Assert.Equal(4, outcomes.Count(outcome => outcome == V1.Outcome.Recorded));
        Assert.Equal(4, country.State.Series.Indicators.Count);
    }

    [Fact]
    public void Record_RefusedForItsId_LeavesNoSeriesBehind()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()));
        country.Record(Samples.Observation("killings", 1, Samples.Start, "one"));
        Assert.Equal([V1.Outcome.Rejected], country.Record(Samples.Observation("courts", 1, Samples.Start, "one", source: "other")));
        Assert.Equal(1, country.State.Series.Count);
        Assert.False(country.State.Series.TryGet("courts", out _));
    }

    [Fact]
    public void Fold_JournalBeyondTheLimits_IsTaken()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()), limits: new(1_000, 16, 20_000));
        country.Record([
            .. Enumerable.Range(0, 100).Select(i => Samples.Observation("killings", 1, Samples.Start, $"id{i}", source: $"s{i}")),
        ]);
        Assert.Equal(100, country.Fold().Series.Count);
    }
}
