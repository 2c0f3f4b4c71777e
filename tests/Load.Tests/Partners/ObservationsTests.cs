using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Partners;
using EarlyWarning.V1;

namespace EarlyWarning.Load.Tests.Partners;

public class ObservationsTests
{
    [Fact]
    public void Fill_OfManyBatches_SendsOneInAHundredAgainAndEachFreshOneOnce()
    {
        var observations = new Observations("source", "run", ["KEN", "UGA"], 10);
        List<Observation> sent = [];
        for (var i = 0; i < 10; i++)
        {
            observations.Fill(sent, 100);
        }

        Assert.Equal(1_000, sent.Count);
        Assert.Equal(10, sent.Count - sent.Select(item => item.ObservationId).Distinct().Count());
        var fresh = sent.DistinctBy(item => item.ObservationId).ToList();
        Assert.Equal(fresh.Count, fresh.DistinctBy(item => (item.Country, item.Indicator, item.ObservedAt)).Count());
    }

    [Fact]
    public void Fill_WithLateOnes_SendsThatManyOfAHundredBehindTheNewest()
    {
        List<Observation> sent = [];
        new Observations("source", "run", ["KEN"], 1).Fill(sent, 1_000, late: 5);

        var (late, newest) = (0, DateTime.MinValue);
        foreach (var time in sent.DistinctBy(item => item.ObservationId).Select(item => item.ObservedAt.ToDateTime()))
        {
            late += time < newest ? 1 : 0;
            newest = time > newest ? time : newest;
        }

        Assert.InRange(late, 45, 50);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(7, false)]
    [InlineData(1, true)]
    public void Partners_OfCountries_HaveEachCountryOnceUnlessTheyShare(int count, bool sharing)
    {
        var countries = Enumerable.Range(0, 6).Select(i => $"C{i}").ToArray();
        var bench = new Workbench("run", [new(null!, [])], countries, 3, new(), new());

        var reported = bench
            .Partners("flow", count, sharing)
            .Select(partner => Enumerable.Range(0, 6).Select(_ => partner.Observations.Next().Country).Distinct().ToList())
            .ToList();

        Assert.Equal(countries, reported.SelectMany(own => own).Distinct().Order());
        Assert.All(reported, own => Assert.NotEmpty(own));
    }

    [Fact]
    public void Partners_WithKeysOfSomeCountries_ReportOfThoseAlone()
    {
        var bench = new Workbench("run", [new(null!, ["KEN"]), new(null!, ["UGA"])], ["AFG", "KEN", "UGA"], 3, new(), new());

        var reported = bench.Partners("flow", 4).Select(partner => partner.Observations.Next().Country);

        Assert.Equal(["KEN", "UGA", "KEN", "UGA"], reported);
    }
}
