using EarlyWarning.Scoring.Tests.Infrastructure;
using Grpc.Core;

namespace EarlyWarning.Scoring.Tests.Uncertainty;

public sealed class UncertaintyRunningTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private readonly FakeCall _call = new();

    [Fact]
    public async Task QuantifyUncertainty_AllCountries_TellsIntervalsLevelsAndRanks()
    {
        var answer = await AskAsync();

        Assert.Equal(["XAE", "XAA", "XAB", "XAC", "XAD"], answer.Scores.Select(score => score.Country));
        Assert.Equal([1, 2, 3, 4, 5], answer.Scores.Select(score => score.Rank));
        Assert.Equal("frameworks/small/versions/1", answer.Computation.Framework);
        Assert.Equal(1_000, answer.Computation.Draws);
        Assert.Equal((5, house.World.Current.Revision), (answer.Computation.CountryCount, answer.Computation.CatalogueRevision));
        Assert.All(answer.Scores, score =>
        {
            Assert.Equal(1, score.Levels.Sum(level => level.Probability), 1e-9);
            Assert.Equal(["low", "medium", "high"], score.Levels.Select(level => level.Level));
            Assert.Equal(0.9, score.Interval.Probability);
            Assert.InRange(score.Score, score.Interval.Lower, score.Interval.Upper);
            Assert.InRange(score.RankMedian, score.RankLower, score.RankUpper);
        });

        // XAA: threats and killings err by 4 each and mistrust by 5 %, so the score by sqrt(2 (4/3)² + (5/3)²) = 2.52.
        var known = answer.Scores[1];
        Assert.InRange(known.StandardDeviation, 2.2, 2.8);
        Assert.Equal(Samples.Seen(80, 60, 0.9), known.Score, 1e-9);

        // XAE lacks threats and mistrust, which are drawn around its killings.
        Assert.True(answer.Scores[0].StandardDeviation > 4 * known.StandardDeviation);
        Assert.Equal(1, answer.Scores[0].Revision);
    }

    [Fact]
    public async Task QuantifyUncertainty_AsManyDrawsAsARangeHas_IsTheRangeAndTheLevelsThatAnExplanationShows()
    {
        var drawn = await AskAsync(request => request.Draws = 4_096);

        foreach (var score in drawn.Scores)
        {
            var shown = (await house.Api.ExplainScore(new() { Name = $"{Samples.Index}/risks/{score.Country}" }, _call)).Explanation.Score;
            Assert.Equal(
                (shown.Score, shown.Interval.Lower, shown.Interval.Upper),
                (score.Score, score.Interval.Lower, score.Interval.Upper)
            );
            Assert.Equal(shown.LevelProbabilities.Select(level => level.Probability), score.Levels.Select(level => level.Probability));
            Assert.Equal(shown.Rank, score.Rank);
        }
    }

    [Fact]
    public async Task QuantifyUncertainty_SameCallTwice_IsTheSameBitsAndTheSecondCached()
    {
        var first = await AskAsync(request => request.Draws = 2_000);
        var second = await AskAsync(request => request.Draws = 2_000);
        var seeded = await AskAsync(request => (request.Draws, request.Seed) = (2_000, first.Computation.Seed));

        Assert.NotEqual(0UL, first.Computation.Seed);
        Assert.Equal((false, true, true), (first.Computation.Cached, second.Computation.Cached, seeded.Computation.Cached));
        second.Computation.Cached = false;
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task QuantifyUncertainty_NewPositionWithTheSameValues_IsTheSameDraws()
    {
        var before = await AskAsync();
        var given = await AskAsync(request => request.Seed = 7);
        house.World.See("XAB", "onset", 0);
        var after = await AskAsync();
        var again = await AskAsync(request => request.Seed = 7);

        Assert.Equal((before.Computation.Seed, before.Computation.Key), (after.Computation.Seed, after.Computation.Key));
        Assert.Equal((7UL, true), (again.Computation.Seed, again.Computation.Cached));
        Assert.Equal(given.Computation.Key, again.Computation.Key);
        Assert.Equal(4, again.Scores.Single(score => score.Country == "XAB").Revision);
    }

    [Fact]
    public async Task QuantifyUncertainty_MethodOnAScaleOfItsOwn_IsRefusedByItsField()
    {
        foreach (
            var normalisation in new[]
            {
                new V1.Normalisation { ZScore = new() },
                new V1.Normalisation { OwnScale = true, Rank = new() },
            }
        )
        {
            var error = await Assert.ThrowsAsync<RpcException>(() =>
                AskAsync(request => request.Uncertainties = new() { Methods = { new V1.MethodChoice { Normalisation = normalisation } } })
            );

            Assert.Equal(
                "uncertainties.methods[0].normalisation",
                Assert.Single(error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations).Field
            );
        }
    }

    [Fact]
    public async Task QuantifyUncertainty_WithMethodsAndWeights_MovesRanks()
    {
        var answer = await AskAsync(request =>
        {
            request.Uncertainties = new()
            {
                WithoutObservationErrors = true,
                WithoutMissingData = true,
                WeightNoise = 0.5,
                Methods =
                {
                    new V1.MethodChoice { Aggregation = V1.Aggregation.Maximum },
                    new V1.MethodChoice { Weighting = V1.WeightingMethod.Equal },
                },
            };
            request.Countries.Add(["XAA", "XAB", "XAC"]);
        });

        Assert.Equal(3, answer.Scores.Count);

        // Without errors XAA is first under every method; XAB and XAC change places.
        Assert.Equal((1, 1), (answer.Scores[0].RankLower, answer.Scores[0].RankUpper));
        Assert.Equal((2, 3), (answer.Scores[1].RankLower, answer.Scores[1].RankUpper));
    }

    [Fact]
    public async Task QuantifyUncertainty_Model_DrawsProbabilities()
    {
        var answer = await AskAsync(request => request.Parent = Samples.Model);

        Assert.All(answer.Scores, score => Assert.InRange(score.Interval.Upper, score.Interval.Lower, 1));
    }

    [Fact]
    public async Task QuantifyUncertainty_BadRequests_AreRefusedByField()
    {
        await Refused.AtAsync("draws", "INVALID_FIELD", () => AskAsync(request => request.Draws = 99));
        await Refused.AtAsync("draws", "INVALID_FIELD", () => AskAsync(request => request.Draws = 100_001));
        await Refused.AtAsync("confidence", "INVALID_FIELD", () => AskAsync(request => request.Confidence = 1));
        await Refused.AtAsync("as_of", "INVALID_FIELD", () => AskAsync(request => request.AsOf = Samples.Now.AddDays(1).Stamp()));
        await Refused.AtAsync("countries[1]", "INVALID_FIELD", () => AskAsync(request => request.Countries.Add(["XAA", "XAA"])));
        await Refused.AtAsync("uncertainties.weight_noise", "INVALID_FIELD", () =>
            AskAsync(request => request.Uncertainties = new() { WeightNoise = 1 })
        );
        await Refused.AtAsync("uncertainties.methods[0]", "INVALID_FIELD", () =>
            AskAsync(request => request.Uncertainties = new() { Methods = { new V1.MethodChoice() } })
        );
        await Refused.AtAsync("uncertainties.methods[0].code", "INVALID_FIELD", () => AskAsync(request =>
                request.Uncertainties = new()
                {
                    Methods =
                    {
                        new V1.MethodChoice { Aggregation = V1.Aggregation.Maximum, Code = "none" },
                    },
                }
            ));
        await Refused.AtAsync("uncertainties.methods", "INVALID_FRAMEWORK", () =>
            AskAsync(request =>
                request.Uncertainties = new() { Methods = { new V1.MethodChoice { Aggregation = V1.Aggregation.Copeland } } }
            )
        );
        await Refused.AtAsync("uncertainties", "INVALID_FIELD", () => AskAsync(request =>
            {
                request.Parent = Samples.Model;
                request.Uncertainties = new() { WeightNoise = 0.1 };
            }));
        await Refused.WithAsync(Grpc.Core.StatusCode.NotFound, "NOT_FOUND", () => AskAsync(request => request.Parent = "frameworks/none"));
    }

    private Task<V1.QuantifyUncertaintyResponse> AskAsync(Action<V1.QuantifyUncertaintyRequest>? change = null)
    {
        var request = new V1.QuantifyUncertaintyRequest { Parent = Samples.Index, Draws = 1_000 };
        change?.Invoke(request);
        return house.Api.QuantifyUncertainty(request, _call);
    }
}
