using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Constructing;

public sealed class IndexConstructingTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private readonly FakeCall _call = new();

    [Fact]
    public async Task ConstructIndex_Definition_ShowsEveryStage()
    {
        var answer = await house.Api.ConstructIndex(
            new() { Framework = new() { Definition = Samples.Small("", Samples.Reference()) } },
            _call
        );

        Assert.Equal(["XAA", "XAB", "XAC", "XAD"], answer.Units);
        Assert.Equal(Samples.Indicators, answer.Indicators.Select(indicator => indicator.Indicator));
        Assert.Equal([80, 20, 55, 5], answer.Indicators[0].Denominated);
        Assert.Equal(answer.Indicators[0].Denominated, answer.Indicators[0].Treated);
        Assert.Equal([90, 50, 30, 10], answer.Indicators[2].Normalised, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal("", answer.Indicators[0].Treatment);
        Assert.Equal(["violence", "society", "index"], answer.Nodes.Select(node => node.Code));
        Assert.Equal([2.0 / 3, 1.0 / 3], answer.Nodes[2].Weights);
        Assert.Equal(
            Samples.Countries.Take(4).Select(country => Samples.Score(country.Values[0], country.Values[1], country.Values[2])),
            answer.Nodes[2].Scores,
            (a, b) => Math.Abs(a - b) < 1e-9
        );
    }

    [Theory]
    [InlineData(Samples.Index)]
    [InlineData(Samples.Model)]
    public async Task ConstructIndex_WithoutAReferenceSet_IsRefused(string name) =>
        await Refused.AtAsync("framework", "INVALID_FIELD", () =>
            house.Api.ConstructIndex(new() { Framework = new() { Name = name } }, _call)
        );
}
