using EarlyWarning.Driver.Scenarios;

namespace EarlyWarning.Load.Tests.Scenarios;

public class ArrivalTests
{
    private static readonly TimeSpan s_none = TimeSpan.Zero;
    private static readonly TimeSpan s_tenSeconds = TimeSpan.FromSeconds(10);

    [Fact]
    public void Arrivals_AtAnEvenRate_AreSpacedEvenly()
    {
        var arrivals = OpenProfile.Inject(100, random: false).Arrivals(s_none, s_tenSeconds).ToList();

        Assert.InRange(arrivals.Count, 999, 1_000);
        Assert.All(arrivals.Zip(arrivals.Skip(1), (one, next) => next - one), gap => Assert.Equal(0.01, gap.TotalSeconds, 6));
    }

    [Fact]
    public void Arrivals_AtRandom_HaveTheRateAndTheSpreadOfPoisson()
    {
        var arrivals = OpenProfile.Inject(1_000).Arrivals(s_none, s_tenSeconds).ToList();

        // Four standard deviations of each.
        Assert.InRange(arrivals.Count, 10_000 - 400, 10_000 + 400);
        var aSecond = arrivals.GroupBy(arrival => (int)(arrival.TotalSeconds * 10)).Select(group => group.Count()).ToList();
        Assert.InRange(aSecond.Sum(count => Math.Pow(count - 100, 2)) / aSecond.Count, 40, 160);
    }

    [Fact]
    public void Arrivals_OfARamp_AreAsManyAsTheAreaBelowIt()
    {
        var arrivals = new OpenProfile([new(0, 200, 1)], Random: false).Arrivals(s_none, s_tenSeconds).ToList();

        Assert.InRange(arrivals.Count, 999, 1_000);
        Assert.InRange(arrivals.Count(arrival => arrival < s_tenSeconds / 2), 249, 250);
    }

    [Fact]
    public void Arrivals_WithWarmUp_BeginWithTheRateOfTheBeginning()
    {
        var arrivals = new OpenProfile([new(10, 10, 0.5), new(100, 100, 0.5)], Random: false).Arrivals(s_tenSeconds, s_tenSeconds).ToList();

        Assert.InRange(arrivals.Count(arrival => arrival <= TimeSpan.FromSeconds(15)), 149, 151);
        Assert.InRange(arrivals.Count(arrival => arrival > TimeSpan.FromSeconds(15)), 499, 501);
        Assert.Equal(arrivals.Order(), arrivals);
    }

    [Fact]
    public void Scale_OfProfiles_MultipliesRatesAndCallers()
    {
        Assert.Equal(20, new OpenProfile([new(10, 30, 1)]).Scale(2) is OpenProfile { Segments: [var one] } ? one.From : 0);
        Assert.Equal(new ClosedProfile(1), new ClosedProfile(4).Scale(0.01));
    }

    [Fact]
    public void All_OfTheTable_HaveSharesThatAreOneTogetherAndNamesOfTheirOwn()
    {
        Assert.All(ScenarioTable.All.SelectMany(scenario => scenario.Flows).Select(flow => flow.Profile).OfType<OpenProfile>(), profile =>
            Assert.Equal(1, profile.Segments.Sum(segment => segment.Share), 9)
        );
        Assert.Equal(ScenarioTable.All.Count, ScenarioTable.All.Select(scenario => scenario.Name).Distinct().Count());
        Assert.Null(ScenarioTable.Find("none"));
    }
}
