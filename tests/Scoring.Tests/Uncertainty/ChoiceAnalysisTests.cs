using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Uncertainty;

public sealed class ChoiceAnalysisTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private readonly FakeCall _call = new();

    [Fact]
    public async Task AnalyseChoices_Named_TellsWhatEachDoes()
    {
        var answer = await house.Api.AnalyseChoices(
            new()
            {
                Parent = Samples.Index,
                Choices =
                {
                    new V1.MethodChoice
                    {
                        WithoutElement = true,
                        Code = "society",
                        DisplayName = "Without society",
                    },
                    new V1.MethodChoice { Aggregation = V1.Aggregation.Maximum, Code = "violence" },
                    new V1.MethodChoice { Aggregation = V1.Aggregation.Geometric },
                    new V1.MethodChoice { Normalisation = new() { ZScore = new() } },
                    new V1.MethodChoice { WithoutElement = true, Code = "index" },
                },
            },
            _call
        );

        // Violence alone: XAE 95, XAA 70, XAC 32.5, XAB 30, XAD 5; its maximum: XAB 43.3, XAC 46.7.
        var without = answer.Effects.Single(effect => effect.DisplayName == "Without society");
        Assert.Equal(2.0 / 5, without.Difference.MeanAbsoluteShift, 1e-9);
        Assert.Equal(
            ["XAB", "XAC"],
            without.Difference.Countries.Where(shift => shift.RankBefore != shift.RankAfter).Select(shift => shift.Country)
        );
        Assert.Equal(
            2.0 / 5,
            answer.Effects.Single(effect => effect.DisplayName == "maximum (violence)").Difference.MeanAbsoluteShift,
            1e-9
        );
        Assert.Empty(answer.Effects.Single(effect => effect.DisplayName == "geometric").Problem);
        Assert.NotEmpty(answer.Effects.Single(effect => effect.DisplayName == "z score").Problem);
        Assert.NotEmpty(answer.Effects.Single(effect => effect.DisplayName == "without (index)").Problem);
        Assert.Equal(answer.Effects.OrderByDescending(effect => effect.Difference?.MeanAbsoluteShift ?? -1), answer.Effects);
    }

    [Fact]
    public async Task AnalyseChoices_NoneNamed_LooksAtTheUsualOnes()
    {
        house.World.Put(Samples.Small("frameworks/usual", Samples.Reference()));

        var answer = await house.Api.AnalyseChoices(new() { Parent = "frameworks/usual" }, _call);

        Assert.Equal(
            [
                "copeland",
                "correlation weights",
                "equal weights",
                "geometric",
                "harmonic",
                "maximum",
                "median",
                "min max",
                "minimum",
                "percentile rank",
                "principal component weights",
                "without (society)",
                "without (violence)",
                "z score",
            ],
            answer.Effects.Select(effect => effect.DisplayName).Order(StringComparer.Ordinal)
        );
        Assert.Contains(answer.Effects, effect => effect.DisplayName == "percentile rank" && effect.Difference is not null);
        Assert.True((await house.Api.AnalyseChoices(new() { Parent = "frameworks/usual" }, _call)).Computation.Cached);
    }

    [Fact]
    public async Task AnalyseChoices_OfAModel_IsRefused() =>
        await Refused.AtAsync("parent", "INVALID_FIELD", () => house.Api.AnalyseChoices(new() { Parent = Samples.Model }, _call));
}
