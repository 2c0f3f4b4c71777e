using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Scoring;

/// <summary>The scoring service of a real process, over gRPC and JSON: real countries, real catalogue, its own cache.</summary>
public sealed partial class ScoringTests(ScoringSuite suite) : IClassFixture<ScoringSuite>
{
    private static readonly string s_uganda = $"{ScoringSuite.Framework}/risks/UGA";

    [Fact]
    public async Task WhatIf_StartsFromThePresentRisk()
    {
        var risk = (await suite.Risks.GetCountryRiskAsync(new() { Name = s_uganda })).Risk;

        var answer = await suite.Scoring.WhatIfAsync(
            new()
            {
                Name = s_uganda,
                Changes =
                {
                    new WhatIfRequest.Types.Change { Indicator = "small.attacks", Value = 0 },
                },
            }
        );

        Assert.Equal(risk.Score, answer.Before.Score, 1e-9);
        Assert.Equal(22.5, answer.After.Score, 1e-9);
        Assert.Equal(answer.After.Score - answer.Before.Score, answer.Effects.Single().Amount, 1e-9);
        var explained = (await suite.Scoring.ExplainScoreAsync(new() { Name = s_uganda })).Explanation;
        Assert.Equal(risk.Score, explained.Baseline + explained.Indicators.Sum(part => part.Amount), 1e-9);
    }

    [Fact]
    public async Task WhatIf_OnceTheRankingHasFollowed_RanksAmongAllCountries()
    {
        var request = new WhatIfRequest
        {
            Name = s_uganda,
            Changes =
            {
                new WhatIfRequest.Types.Change { Indicator = "small.attacks", Value = 0 },
            },
        };
        await Eventually.HoldsAsync(
            async () =>
            {
                var answer = await suite.Scoring.WhatIfAsync(request);
                var ranking = (await suite.Risks.RankCountriesAsync(new() { Parent = ScoringSuite.Framework })).Risks;
                return ranking.Count(risk => risk.HasScore) == ScoringSuite.Countries.Length
                    && answer.RankAfter == 1 + ranking.Count(other => other.Country != "UGA" && other.Score > answer.After.Score)
                    && answer.Before.Rank == ranking.Single(other => other.Country == "UGA").Rank;
            },
            "the ranks before and after are those among all countries",
            seen: () => suite.Suite.Output
        );
    }

    [Fact]
    public async Task QuantifyUncertainty_Twice_IsComputedOnceAndCounted()
    {
        var request = new QuantifyUncertaintyRequest { Parent = ScoringSuite.Framework, Draws = 1_000 };
        var first = await suite.Scoring.QuantifyUncertaintyAsync(request);
        var second = await suite.Scoring.QuantifyUncertaintyAsync(request);
        Assert.Equal((false, true), (first.Computation.Cached, second.Computation.Cached));
        second.Computation.Cached = false;
        Assert.Equal(first, second);
        Assert.Equal(10, first.Scores.Count);
        using var http = new HttpClient { BaseAddress = suite.Suite.Http };
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("earlywarning_scoring_cache_hit_ratio", metrics, StringComparison.Ordinal);
        Assert.Matches("""earlywarning_scoring_cache_size_bytes\{.*level="process".*\} [1-9]""", metrics);
        Assert.DoesNotContain("level=\"redis\"", metrics, StringComparison.Ordinal);
        Assert.Contains("earlywarning_scoring_cache_hits_total{", metrics, StringComparison.Ordinal);
        var server = new ServerService.ServerServiceClient(suite.Suite.Channel);
        Assert.Equal(Health.Ok, (await server.GetStatusAsync(new())).Lines.Single(line => line.Subject == "cache").Health);
    }

    [Fact]
    public async Task CompareFrameworks_WithADefinition_CoversAllCountries()
    {
        var definition = new Framework
        {
            Bands =
            {
                new Band { Level = "low", LowerBound = 0 },
            },
            Composite = new()
            {
                Root = new()
                {
                    Code = "index",
                    Children =
                    {
                        new Node
                        {
                            Leaf = new()
                            {
                                Indicator = "small.mistrust",
                                Direction = Direction.Increasing,
                                Low = 0,
                                High = 1,
                            },
                        },
                    },
                },
            },
        };

        var answer = await suite.Scoring.CompareFrameworksAsync(
            new()
            {
                Before = new() { Name = ScoringSuite.Framework },
                After = new() { Definition = definition },
            }
        );

        Assert.Equal(ScoringSuite.Countries.Order(), answer.Difference.Countries.Select(country => country.Country).Order());
        Assert.Equal(1, answer.Difference.Countries.Single(country => country.Country == "UGA").RankAfter);
    }

    [Fact]
    public async Task FitModel_CreateAs_ScoresEveryCountry()
    {
        var fitted = await suite.Scoring.FitModelAsync(
            new()
            {
                Data = new() { History = Window("small.attacks", "small.mistrust") },
                Outcome = new() { Indicator = "small.coup" },
                CreateAs = "frameworks/coups",
                DisplayName = "Coups",
                MinimumRevisions = { suite.Revisions },
            }
        );

        Assert.Equal("frameworks/coups/versions/1", fitted.Framework.Name);
        Assert.Equal(10, fitted.Computation.CountryCount);
        Assert.Equal(10 * (ScoringSuite.LastYear - ScoringSuite.FirstYear), fitted.Rows);
        Assert.True(fitted.InSample.Auc > 0.6);
        RankCountriesResponse? ranking = null;
        await Eventually.HoldsAsync(
            async () =>
                (ranking = await suite.Risks.RankCountriesAsync(new() { Parent = "frameworks/coups", At = Window().Until })).Risks.Count
                == 10,
            "every country is scored under the model at the end of its history",
            seen: () => ranking?.ToString() ?? ""
        );

        // By now all of that is out of date, and the values that the model holds in place of it are no score.
        ranking = await suite.Risks.RankCountriesAsync(new() { Parent = "frameworks/coups" });
        Assert.Equal((0, 10), (ranking.RankedCount, ranking.InsufficientCount));
        var leaked = await Assert.ThrowsAsync<RpcException>(() =>
            suite
                .Scoring.FitModelAsync(
                    new()
                    {
                        Data = new() { History = Window("small.attacks", "small.coup") },
                        Outcome = new() { Indicator = "small.coup" },
                    }
                )
                .ResponseAsync
        );
        Assert.Equal("LEAKED_PREDICTOR", leaked.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task Backtest_OverHistory_StreamsProgressAndResult()
    {
        using var call = suite.Scoring.Backtest(
            new()
            {
                Model = new()
                {
                    Data = new() { History = Window("small.attacks", "small.mistrust") },
                    FirstTest = ScoringSuite.EndOf(2017).ToTimestamp(),
                },
                Outcome = new() { Indicator = "small.coup" },
                Top = 3,
            }
        );
        var messages = await call
            .ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(5, messages.Count(message => message.Period is not null));
        var result = messages[^1].Result;
        Assert.Equal(1, messages[^1].Progress);
        Assert.Equal(10 * (ScoringSuite.LastYear - 2017), result.Skills[0].Pooled.Count);
        Assert.Equal(["model", "base-rate", "persistence"], result.Skills.Select(skill => skill.Name));
    }

    private static HistoryWindow Window(params string[] predictors) =>
        new()
        {
            Predictors = { predictors },
            From = ScoringSuite.EndOf(ScoringSuite.FirstYear).ToTimestamp(),
            Until = ScoringSuite.EndOf(ScoringSuite.LastYear).ToTimestamp(),
        };
}
