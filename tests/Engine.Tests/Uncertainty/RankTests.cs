using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;
using static EarlyWarning.Engine.Tests.Infrastructure.Draws;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Uncertainty;

public class RankTests
{
    private static readonly CompiledFramework _framework = CompiledFramework.Compile(
        Framework(Node("index", new RenormaliseWeights(0), Leaf("a"), Leaf("b")))
    );

    [Fact]
    public void Run_SmallErrors_KeepTheRanks()
    {
        var result = MonteCarlo.Run(
            _framework,
            [
                Country("LOW", ("a", 20, 0.5), ("b", 30, 0.5)),
                Country("TOP", ("a", 70, 0.5), ("b", 90, 0.5)),
                Country("MID", ("a", 50, 0.5), ("b", 40, 0.5)),
            ],
            new() { Draws = 2_000 }
        );

        Assert.Equal([3, 1, 2], result.Countries.Select(country => country.Rank!.Nominal));
        Assert.All(result.Countries, country =>
            Assert.Equal(
                new RankDistribution(
                    country.Rank!.Nominal,
                    country.Rank.Nominal,
                    country.Rank.Nominal,
                    country.Rank.Nominal,
                    country.Rank.Nominal
                ),
                country.Rank
            )
        );
    }

    [Fact]
    public void Run_NormalErrors_RankByTheProbabilityOfBeingHigher()
    {
        // The difference 2 has the error 2, so the lower country is ahead in Φ(−1) = 15.87 % of the draws.
        var result = MonteCarlo.Run(
            _framework,
            [Country("HIGH", ("a", 51, 2), ("b", 51, 2)), Country("LOW", ("a", 49, 2), ("b", 49, 2))],
            new() { Draws = 100_000, Seed = 3 }
        );

        Assert.Equal(1 + 0.15865525, result.Countries[0].Rank!.Mean, 0.004);
        Assert.Equal(2 - 0.15865525, result.Countries[1].Rank!.Mean, 0.004);
        Assert.Equal((1, 1, 2), (result.Countries[0].Rank!.Low, result.Countries[0].Rank!.Median, result.Countries[0].Rank!.High));
    }

    [Fact]
    public void Run_TiedCountries_ShareTheBestRank()
    {
        CountryValues[] countries =
        [
            Country("A", ("a", 50, 0), ("b", 50, 0)),
            Country("B", ("a", 40, 0), ("b", 60, 0)),
            Country("C", ("a", 10, 0)),
        ];

        var result = MonteCarlo.Run(_framework, [.. countries], new() { Draws = 10, Missing = MissingDraw.Policy });

        Assert.Equal([1, 1, 3], result.Countries.Select(country => country.Rank!.Nominal));
        Assert.Equal([1, 1, 3], result.Countries.Select(country => country.Rank!.High));
    }

    [Fact]
    public void Run_CountryWithoutAScore_IsNotRanked()
    {
        var result = MonteCarlo.Run(
            _framework,
            [Country("A", ("a", 50, 1)), Country("NONE"), Country("B", ("a", 10, 1))],
            new() { Draws = 100 }
        );

        Assert.Equal([1, null, 2], result.Countries.Select(country => country.Rank?.Nominal));
        Assert.Null(result.Countries[1].Nominal);
    }

    [Fact]
    public void Run_NoisyWeights_AreTheSameForAllCountries()
    {
        // Both have the same values, so whatever the weights are they are level: with weights of their own they would not be.
        var options = new MonteCarloOptions { Draws = 500, Weights = [new UniformWeightNoise(1, 0.5)] };

        var result = MonteCarlo.Run(
            _framework,
            [Country("A", ("a", 20, 0), ("b", 80, 0)), Country("B", ("a", 20, 0), ("b", 80, 0))],
            options
        );

        Assert.True(result.Countries[0].StandardDeviation > 1);
        Assert.Equal((1, 1), (result.Countries[0].Rank!.Mean, result.Countries[1].Rank!.Mean));
    }
}
