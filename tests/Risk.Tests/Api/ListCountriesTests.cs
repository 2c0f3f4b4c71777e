using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Api;

public sealed class ListCountriesTests
{
    [Fact]
    public async Task ListCountries_OfAnExercise_PagesThroughAllOfThem()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var first = await RiskApiTests.Api(cluster).ListCountries(new() { PageSize = 600 }, new FakeCall());
        var second = await RiskApiTests
            .Api(cluster)
            .ListCountries(new() { PageSize = 600, PageToken = first.NextPageToken }, new FakeCall());
        Assert.Equal((600, 75, ""), (first.Countries.Count, second.Countries.Count, second.NextPageToken));
    }

    [Fact]
    public async Task ListCountries_OfTheWorld_SaysCodesYearsAndSuccessors()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var countries = (await RiskApiTests.Api(cluster, exercise: false).ListCountries(new(), new FakeCall())).Countries.ToDictionary(
            country => country.Code
        );
        Assert.Equal(
            [(V1.CodeSystem.Alpha2, "YE"), (V1.CodeSystem.M49, "887"), (V1.CodeSystem.Cow, "679"), (V1.CodeSystem.GleditschWard, "678")],
            countries["YEM"].Codes.Where(code => code.System != V1.CodeSystem.Name).Select(code => (code.System, code.Value))
        );
        Assert.Contains(countries["CIV"].Codes, code => code is { System: V1.CodeSystem.Name, Value: "Ivory Coast", Years: null });
        Assert.Equal(
            new V1.YearSpan { FirstYear = 1949, LastYear = 1990 },
            countries["DEU"].Codes.Single(code => code.Value == "280").Years
        );
        Assert.Equal(new V1.YearSpan { FirstYear = 1990 }, Assert.Single(countries["YEM"].Years));
        Assert.Equal(["CZE", "SVK"], countries["CSK"].Successors);
        Assert.Equal(["QYA", "YMD"], countries["YEM"].Predecessors);
        Assert.Empty(countries["SRB"].Successors);
    }
}
