using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Explaining;

public sealed class ScoreExplainingTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private readonly FakeCall _call = new();

    [Fact]
    public async Task ExplainScore_Country_SumsToTheScoreAndSaysIt()
    {
        var explanation = (await house.Api.ExplainScore(new() { Name = $"{Samples.Index}/risks/XAA" }, _call)).Explanation;

        Assert.Equal(Samples.Seen(80, 60, 0.9), explanation.Score.Score, 1e-9);
        Assert.Equal(2, explanation.Score.Rank);
        Assert.Equal(explanation.Score.Score, explanation.Baseline + explanation.Indicators.Sum(part => part.Amount), 1e-9);
        Assert.Equal(["mistrust", "killings", "threats"], explanation.Indicators.Select(part => part.Code));
        Assert.Equal(
            new[] { Samples.Mean(90, 5), Samples.Mean(80, 4), Samples.Mean(60, 4) }.Select(mean => mean / 3),
            explanation.Indicators.Select(part => part.Amount),
            (a, b) => Math.Abs(a - b) < 1e-9
        );
        Assert.Equal(["index", "society", "violence"], explanation.Nodes.Select(part => part.Code));
        Assert.Equal((Samples.Mean(80, 4) + Samples.Mean(60, 4)) / 3, explanation.Nodes[2].Amount, 1e-9);
        Assert.StartsWith("EXERCISE. ", explanation.Sentence, StringComparison.Ordinal);
        Assert.Contains("level high", explanation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplainScore_AmongSomeCountries_RanksItAmongThoseAlone()
    {
        var answer = await house.Api.ExplainScore(new() { Name = $"{Samples.Index}/risks/XAA", Countries = { "XAB" } }, _call);
        Assert.Equal((1, 2), (answer.Explanation.Score.Rank, answer.RankedCount));
    }

    [Fact]
    public async Task ExplainScore_Lowering_IsTheLeastChangeOfEachThatLowersTheLevel()
    {
        var explanation = (await house.Api.ExplainScore(new() { Name = $"{Samples.Index}/risks/XAA" }, _call)).Explanation;

        // From 76.65 to 70 are 6.65: 19.96 killings or threats of 100 less, or 0.2 mistrust of 1, whose mean the upper end holds down no
        // longer.
        var less = 3 * (Samples.Seen(80, 60, 0.9) - 70);
        Assert.Equal(3, explanation.Lowering.Count);
        Assert.All(explanation.Lowering, change => Assert.Equal("medium", change.Level));
        Assert.All(explanation.Lowering, change =>
            Assert.Equal(change.Indicator == "mistrust" ? 0.2 : less / 100, change.ShareOfRange, 1e-6)
        );
        var killings = explanation.Lowering.Single(change => change.Indicator == "killings");
        Assert.Equal((80, 80 - less), (killings.From, killings.To), (a, b) => a.From == b.From && Math.Abs(a.Item2 - b.Item2) < 1e-5);
    }

    [Fact]
    public async Task ExplainScore_AdHocWithReferenceMean_StartsFromTheMeanOfTheSet()
    {
        var explanation = (
            await house.Api.ExplainScore(
                new()
                {
                    AdHoc = new()
                    {
                        Framework = new() { Definition = Samples.Small("", Samples.Reference()) },
                        Unit = Samples.Unit("u", 80, 60, 0.9),
                    },
                    Baseline = V1.Baseline.ReferenceMean,
                },
                _call
            )
        ).Explanation;

        Assert.Equal(
            Samples.Countries.Take(4).Average(country => Samples.Score(country.Values[0], country.Values[1], country.Values[2])),
            explanation.Baseline,
            1e-9
        );
        Assert.Equal(explanation.Score.Score, explanation.Baseline + explanation.Indicators.Sum(part => part.Amount), 1e-9);
    }

    [Fact]
    public async Task ExplainScore_WithoutData_HasNoPartsAndSaysThatItIsNoLowRisk()
    {
        var explanation = (await house.Api.ExplainScore(new() { Name = $"{Samples.Index}/risks/XBA" }, _call)).Explanation;

        Assert.False(explanation.Score.HasScore);
        Assert.Empty(explanation.Indicators);
        Assert.Contains("no sign of a low risk", explanation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplainScore_BadRequests_AreRefused()
    {
        await Refused.AtAsync("subject", "INVALID_FIELD", () => house.Api.ExplainScore(new(), _call));
        await Refused.AtAsync("baseline", "INVALID_FIELD", () =>
            house.Api.ExplainScore(new() { Name = $"{Samples.Index}/risks/XAA", Baseline = V1.Baseline.ReferenceMean }, _call)
        );
        await Refused.AtAsync("baseline", "INVALID_FIELD", () =>
            house.Api.ExplainScore(new() { Name = $"{Samples.Index}/risks/XAA", Baseline = (V1.Baseline)9 }, _call)
        );
        await Refused.AtAsync("ad_hoc.unit.code", "INVALID_FIELD", () =>
            house.Api.ExplainScore(new() { AdHoc = new() { Framework = new() { Name = Samples.Index } } }, _call)
        );
        await Refused.AtAsync("at", "INVALID_FIELD", () => house.Api.ExplainScore(
                new()
                {
                    AdHoc = new()
                    {
                        Framework = new() { Name = Samples.Index },
                        Unit = Samples.Unit("u", 1),
                    },
                    At = Samples.Now.Stamp(),
                },
                _call
            ));
        await Refused.WithAsync(Grpc.Core.StatusCode.NotFound, "NOT_FOUND", () =>
            house.Api.ExplainScore(new() { Name = "frameworks/none/risks/XAA" }, _call)
        );
    }
}
