using EarlyWarning.Scoring.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Tests.Backtesting;

public sealed class BacktestTests : IClassFixture<ScoringHouse>
{
    private const int FirstTest = 2012;
    private readonly ScoringHouse _house;

    public BacktestTests(ScoringHouse house)
    {
        _house = house;
        if (!house.World.Countries.Contains(Chronicle.Countries[0]))
        {
            Chronicle.Put(house.World);
            house.World.Put(Stressed());
        }
    }

    [Fact]
    public async Task Backtest_Model_StreamsPeriodsAndBeatsTheBaseRate()
    {
        var stream = await RunAsync(Changed(Model(), request => request.Model.Options = new() { Seed = 1 }));

        var progress = stream.Written.Select(message => message.Progress).ToArray();
        Assert.Equal(progress.Order(), progress);
        Assert.Equal((0, 1), (progress[0], progress[^1]));
        var periods = stream
            .Written.Where(message => message.Period is not null)
            .Select(message => message.Period.Time.ToDateTimeOffset().Year);
        Assert.Equal(Enumerable.Range(FirstTest, Chronicle.LastYear - FirstTest + 1), periods.Order());
        var result = stream.Written[^1].Result;
        Assert.All(stream.Written.SkipLast(1), message => Assert.Null(message.Result));
        Assert.Equal(["model", "base-rate", "persistence"], result.Skills.Select(skill => skill.Name));

        // The horizon of the last year is not over.
        Assert.Equal(20 * (Chronicle.LastYear - FirstTest), result.Skills[0].Pooled.Count);
        Assert.Equal(Chronicle.Events(FirstTest + 1, Chronicle.LastYear).Count(), result.Skills[0].Pooled.Events);
        Assert.Equal(0, result.Periods[^1].Model.Count);
        Assert.True(result.Skills[0].Pooled.Auc > 0.65);
        Assert.True(result.Skills[0].Pooled.Brier < result.Skills[1].Pooled.Brier);
        Assert.Equal(result.Skills[0].Pooled.Count, result.Calibration.Sum(bin => bin.Count));
        Assert.Equal((1, 1), (result.Curve[^1].TruePositiveRate, result.Curve[^1].FalsePositiveRate));
        Assert.InRange(result.Skills[0].Pooled.RecallAtTop, 0.3, 1);

        // What ranks nobody has no area, and what is in no figure is named.
        Assert.True(result.Skills[0].Pooled.HasAucLower && result.Skills[0].Pooled.AucInterval == V1.AucInterval.Clustered);
        Assert.False(result.Skills[1].Pooled.HasAuc || result.Skills[1].Pooled.HasAveragePrecision);
        var left = Assert.Single(result.LeftOut);
        Assert.Equal((Chronicle.LastYear, V1.LeftOutReason.OutcomeUnknown, 20), (left.Time.ToDateTime().Year, left.Reason, left.Count));
        Assert.Equal(Chronicle.EndOf(Chronicle.LastYear), result.KnownUntil.ToDateTimeOffset());
        Assert.Contains("follows, strictly, within 366 days", result.Definition, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_SameAgain_IsCachedWithTheSameBits()
    {
        var request = Model();
        request.Model.Options = new()
        {
            Members = 2,
            Seed = 3,
            Penalty = 0.01,
        };

        var first = (await RunAsync(request)).Written[^1].Result;
        var second = (await RunAsync(request)).Written;

        Assert.Equal((false, true), (first.Computation.Cached, second[^1].Result.Computation.Cached));
        second[^1].Result.Computation.Cached = false;
        Assert.Equal(first, second[^1].Result);
        Assert.Equal(3UL, first.Computation.Seed);
    }

    [Fact]
    public async Task Backtest_Model_HasSeenNothingOfLaterYears()
    {
        var request = Model();
        var before = (await RunAsync(request)).Written[^1].Result.Periods[0];

        // What happens in the last years changes nothing of the first test.
        var shorter = Model();
        shorter.Model.Data.History.Until = Chronicle.EndOf(FirstTest + 1).Stamp();
        var after = (await RunAsync(shorter)).Written[^1].Result.Periods[0];

        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Backtest_Framework_ScoresHistoryAsItWasKnown()
    {
        var result = (await RunAsync(Framework())).Written[^1].Result;

        Assert.Equal("frameworks/stressed/versions/1", result.Computation.Framework);
        Assert.False(result.Skills[0].Pooled.HasBrier);
        Assert.True(result.Skills[1].Pooled.HasBrier);
        Assert.Empty(result.Calibration);

        // In the first year nothing was known to compare with.
        Assert.Equal(
            [(Chronicle.FirstYear, V1.LeftOutReason.NothingToCompare), (Chronicle.LastYear, V1.LeftOutReason.OutcomeUnknown)],
            result.LeftOut.Select(left => (left.Time.ToDateTime().Year, left.Reason))
        );
        Assert.Equal(20 * (Chronicle.LastYear - Chronicle.FirstYear - 1), result.Skills[0].Pooled.Count);
        Assert.Equal(20, result.Periods[0].Model.Count);
        Assert.Equal(0, result.Periods[0].Naive.Count);
        var cases = Chronicle
            .Countries.SelectMany(country =>
                Enumerable
                    .Range(Chronicle.FirstYear + 1, Chronicle.LastYear - Chronicle.FirstYear - 1)
                    .Select(year => (Chronicle.Stress(country, year), Chronicle.Onset(country, year + 1)))
            )
            .ToArray();
        Assert.Equal(NaiveAuc(cases), result.Skills[0].Pooled.Auc, 1e-9);
    }

    [Fact]
    public async Task Backtest_Threshold_TellsWarningsAndWhatCameOfThem()
    {
        var request = Rule(
            new()
            {
                Threshold = new() { Condition = V1.Condition.Above, Value = 80 },
            }
        );
        var result = (await RunAsync(request)).Written[^1].Result;

        Assert.Equal(
            Warnings(80).Order(),
            result.Warnings.Select(warning => (warning.Country, warning.StartTime.ToDateTimeOffset().Year)).Order()
        );
        Assert.Equal(result.Warnings.Count, result.Summary.Warnings);
        Assert.Equal(result.Summary.Hits, result.Warnings.Count(warning => warning.Verdict == V1.WarningVerdict.Hit));
        Assert.Equal(result.Summary.Hits > 0, result.Summary.HasMedianLeadDays);
        Assert.All(result.Warnings.Where(warning => warning.Verdict == V1.WarningVerdict.Hit), warning => Assert.True(warning.HasLeadDays));
        Assert.All(result.Warnings, warning => Assert.True(warning.Peak >= 80));

        static IEnumerable<(string, int)> Warnings(double value) =>
            from country in Chronicle.Countries
            from year in Enumerable.Range(Chronicle.FirstYear, Chronicle.LastYear - Chronicle.FirstYear + 1)
            where Chronicle.Stress(country, year) >= value && (year == Chronicle.FirstYear || Chronicle.Stress(country, year - 1) < value)
            select (country, year);
    }

    [Fact]
    public async Task Backtest_EventOnTheDayOfTheWarning_IsNoHitByRuleModelOrFramework()
    {
        // Each country's stress at the moment of a warning, with an event at that moment and none after it.
        var events =
            from country in Chronicle.Countries
            from year in Enumerable.Range(Chronicle.FirstYear, Chronicle.LastYear - Chronicle.FirstYear)
            where Chronicle.Stress(country, year) >= 80
            select new V1.OutcomeEvent { Country = country, Time = Chronicle.EndOf(year).Stamp() };
        var request = Rule(
            new()
            {
                Threshold = new() { Condition = V1.Condition.Above, Value = 80 },
            }
        );
        request.Outcome = new() { Events = { events }, KnownUntil = Chronicle.EndOf(Chronicle.LastYear).Stamp() };

        var result = (await RunAsync(request)).Written[^1].Result;

        var expected = result
            .Warnings.Where(warning => warning.Verdict != V1.WarningVerdict.Open)
            .Select(warning =>
                (
                    warning,
                    Next: Chronicle.Stress(warning.Country, warning.StartTime.ToDateTime().Year + 1) >= 80
                        && warning.StartTime.ToDateTime().Year + 1 < Chronicle.LastYear
                )
            );
        Assert.All(expected, one => Assert.Equal(one.Next, one.warning.Verdict == V1.WarningVerdict.Hit));
        Assert.All(result.Warnings.Where(warning => warning.HasLeadDays), warning => Assert.InRange(warning.LeadDays, 365, 366));
        Assert.Contains(result.Warnings, warning => warning.Verdict == V1.WarningVerdict.Hit);
        Assert.Contains(result.Warnings, warning => warning.Verdict == V1.WarningVerdict.FalseAlarm);
        Assert.EndsWith("for a warning only while it stands.", result.Definition, StringComparison.Ordinal);

        var graceful = Changed(request.Clone(), again => again.Rule.Grace = Duration.FromTimeSpan(TimeSpan.FromDays(30)));
        Assert.EndsWith(
            "or within 30 days after its end.",
            (await RunAsync(graceful)).Written[^1].Result.Definition,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Backtest_TopRank_WarnsOfTheHighest()
    {
        var result = (await RunAsync(Rule(new() { TopRank = 1 }))).Written[^1].Result;

        var highest = Enumerable
            .Range(Chronicle.FirstYear, Chronicle.LastYear - Chronicle.FirstYear + 1)
            .Select(year => (Chronicle.Countries.MaxBy(country => Chronicle.Stress(country, year))!, year))
            .ToArray();
        var starts = highest.Where((one, i) => i == 0 || highest[i - 1].Item1 != one.Item1);
        Assert.Equal(
            starts.Order(),
            result.Warnings.Select(warning => (warning.Country, warning.StartTime.ToDateTimeOffset().Year)).Order()
        );
    }

    [Fact]
    public async Task Backtest_RiseLevelAndCoverage_AreReplayedToo()
    {
        var rise = (
            await RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new()
                        {
                            Condition = V1.Condition.Rise,
                            Value = 60,
                            Window = Duration.FromTimeSpan(TimeSpan.FromDays(300)),
                        },
                    }
                )
            )
        ).Written[^1].Result;
        var level = (
            await RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new() { Condition = V1.Condition.Level, Level = "high" },
                    }
                )
            )
        ).Written[^1].Result;
        var uncovered = (
            await RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new()
                        {
                            Condition = V1.Condition.Above,
                            Value = 1,
                            MinimumCoverage = 1,
                            Countries = { "XBA" },
                        },
                    }
                )
            )
        ).Written[^1].Result;

        Assert.All(rise.Warnings, warning =>
            Assert.True(
                Chronicle.Stress(warning.Country, warning.StartTime.ToDateTimeOffset().Year)
                    - Chronicle.Stress(warning.Country, warning.StartTime.ToDateTimeOffset().Year - 1)
                    >= 60
            )
        );
        Assert.NotEmpty(rise.Warnings);
        Assert.All(level.Warnings, warning => Assert.Equal(2, warning.Peak));
        Assert.All(uncovered.Warnings, warning => Assert.Equal("XBA", warning.Country));
    }

    [Fact]
    public async Task Backtest_MinimumProbability_WarnsOnlyWhereItIsSure()
    {
        var plain = (
            await RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new() { Condition = V1.Condition.Above, Value = 80 },
                    }
                )
            )
        ).Written[^1].Result;
        var sure = (
            await RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new()
                        {
                            Condition = V1.Condition.Above,
                            Value = 80,
                            MinimumProbability = 0.9,
                        },
                    }
                )
            )
        ).Written[^1].Result;

        // Nothing errs, so what is past the value is surely past it.
        Assert.Equal(plain.Warnings, sure.Warnings);
        Assert.NotEqual(plain.Computation.Key, sure.Computation.Key);
    }

    [Fact]
    public async Task Backtest_CallerLeaves_StopsTheWork()
    {
        using var leaving = new CancellationTokenSource();
        var request = Model();
        request.Model.Options = new() { Members = 5, Seed = 99 };
        var stream = new FakeWriter<V1.BacktestResponse>(message =>
        {
            if (message.Period is not null)
            {
                leaving.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _house.Api.Backtest(request, stream, new FakeCall(cancellationToken: leaving.Token))
        );

        Assert.DoesNotContain(stream.Written, message => message.Result is not null);
    }

    [Fact]
    public async Task Backtest_LeakedPredictor_IsRefusedBeforeAnythingIsFitted()
    {
        var request = Model();
        request.Model.Data.History = Chronicle.Window("stress", "onset-lead");
        request.Outcome.RelatedIndicators.Clear();

        await Refused.AtAsync("model.data.history.predictors[1]", "LEAKED_PREDICTOR", () => RunAsync(request));
    }

    [Fact]
    public async Task Backtest_BadRequests_AreRefusedByField()
    {
        await Refused.AtAsync("test", "INVALID_FIELD", () => RunAsync(new() { Outcome = Chronicle.Outcome() }));
        await Refused.AtAsync("outcome", "INVALID_FIELD", () => RunAsync(new() { Model = Model().Model }));
        await Refused.AtAsync("top", "INVALID_FIELD", () => RunAsync(Changed(Model(), request => request.Top = -1)));
        await Refused.AtAsync("model.first_test", "INVALID_FIELD", () =>
            RunAsync(Changed(Model(), request => request.Model.FirstTest = null))
        );
        await Refused.AtAsync("model.first_test", "INVALID_FIELD", () =>
            RunAsync(Changed(Model(), request => request.Model.FirstTest = Samples.Now.Stamp()))
        );
        await Refused.AtAsync("model.data", "INVALID_FIELD", () => RunAsync(Changed(Model(), request => request.Model.Data = null)));
        await Refused.AtAsync("framework.window", "INVALID_FIELD", () =>
            RunAsync(Changed(Framework(), request => request.Framework.Window = null))
        );
        await Refused.AtAsync("framework.framework", "INVALID_FIELD", () =>
            RunAsync(Changed(Framework(), request => request.Framework.Framework = null))
        );
        await Refused.AtAsync("rule.scores.framework", "INVALID_FIELD", () => RunAsync(
                new()
                {
                    Rule = new() { TopRank = 3 },
                    Outcome = Chronicle.Outcome(),
                }
            ));
        await Refused.AtAsync("rule", "INVALID_FIELD", () => RunAsync(Rule(new())));
        await Refused.AtAsync("rule.top_rank", "INVALID_FIELD", () => RunAsync(Rule(new() { TopRank = -1 })));
        await Refused.AtAsync("rule.threshold.condition", "INVALID_FIELD", () => RunAsync(Rule(new() { Threshold = new() { Value = 1 } })));
        await Refused.AtAsync("rule.threshold.target", "INVALID_FIELD", () => RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new() { Condition = V1.Condition.Above, Target = "none" },
                    }
                )
            ));
        await Refused.AtAsync("rule.threshold.window", "INVALID_FIELD", () => RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new() { Condition = V1.Condition.Rise, Value = 1 },
                    }
                )
            ));
        await Refused.AtAsync("rule.threshold.clearing_value", "INVALID_FIELD", () => RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new()
                        {
                            Condition = V1.Condition.Above,
                            Value = 50,
                            ClearingValue = 60,
                        },
                    }
                )
            ));
        await Refused.AtAsync("rule.threshold.clearing_value", "INVALID_FIELD", () => RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new()
                        {
                            Condition = V1.Condition.Below,
                            Value = 50,
                            ClearingValue = 40,
                        },
                    }
                )
            ));
        await Refused.AtAsync("rule.threshold.value", "INVALID_FIELD", () =>
            RunAsync(Rule(new() { Threshold = new() { Condition = V1.Condition.Rise } }))
        );
        await Refused.AtAsync("rule.threshold.for", "INVALID_FIELD", () => RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new()
                        {
                            Condition = V1.Condition.Above,
                            For = new() { Seconds = -1 },
                        },
                    }
                )
            ));
        await Refused.AtAsync("rule.threshold.level", "INVALID_FIELD", () => RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new() { Condition = V1.Condition.Level, Level = "none" },
                    }
                )
            ));
        await Refused.AtAsync("rule.threshold.framework", "INVALID_FIELD", () => RunAsync(
                Rule(
                    new()
                    {
                        Threshold = new() { Condition = V1.Condition.Above, Framework = Samples.Index },
                    }
                )
            ));
        await Refused.WithAsync(Grpc.Core.StatusCode.FailedPrecondition, "INSUFFICIENT_DATA", () =>
            RunAsync(Changed(Model(), request => request.Model.FirstTest = Chronicle.EndOf(Chronicle.FirstYear).Stamp()))
        );
    }

    [Fact]
    public async Task Backtest_OfEveryKind_SaysHowManyCountriesAsOfWhichCatalogue()
    {
        var table = Changed(Model(), request =>
        {
            request.Model.Data = new() { Table = new() { Predictors = { new V1.ReferenceColumn { Indicator = "x" } } } };
            for (var i = 0; i < 40; i++)
            {
                request.Model.Data.Table.Countries.Add(Chronicle.Countries[i % 10]);
                request.Model.Data.Table.Times.Add(Chronicle.EndOf(2010 + (i / 10)).Stamp());
                request.Model.Data.Table.Predictors[0].Values.Add(i * 7 % 11);
            }
        });
        var listed = Changed(table.Clone(), request => request.Outcome = new() { Events = { Chronicle.Events(2010, 2014) } });

        var revision = _house.World.Current.Revision;
        foreach (
            var (request, expected) in new[]
            {
                (Model(), (20, revision)),
                (Framework(), (20, revision)),
                (Rule(new() { TopRank = 3 }), (20, revision)),
                (table, (10, revision)),
                (listed, (0, 0)),
            }
        )
        {
            var computation = (await RunAsync(request)).Written[^1].Result.Computation;
            Assert.Equal(expected, (computation.CountryCount, computation.CatalogueRevision));
        }
    }

    private async Task<FakeWriter<V1.BacktestResponse>> RunAsync(V1.BacktestRequest request)
    {
        var stream = new FakeWriter<V1.BacktestResponse>();
        await _house.Api.Backtest(request, stream, new FakeCall());
        return stream;
    }

    private static V1.BacktestRequest Changed(V1.BacktestRequest request, Action<V1.BacktestRequest> change)
    {
        change(request);
        return request;
    }

    private static V1.BacktestRequest Model() =>
        new()
        {
            Model = new()
            {
                Data = new() { History = Chronicle.Window("stress", "noise") },
                FirstTest = Chronicle.EndOf(FirstTest).Stamp(),
            },
            Outcome = Chronicle.Outcome(),
            Top = 5,
        };

    private static V1.BacktestRequest Framework() =>
        new()
        {
            Framework = new()
            {
                Framework = new() { Name = "frameworks/stressed" },
                Window = Chronicle.Window(),
            },
            Outcome = Chronicle.Outcome(),
            Top = 5,
        };

    private static V1.BacktestRequest Rule(V1.BacktestRequest.Types.RuleTest rule)
    {
        rule.Scores = Framework().Framework;
        return new() { Rule = rule, Outcome = Chronicle.Outcome() };
    }

    /// <summary>An index of stress alone.</summary>
    private static V1.Framework Stressed() => Samples.Small("frameworks/stressed", change: model =>
        {
            model.Root.Children.RemoveAt(1);
            model.Root.Children[0].Children.RemoveAt(1);
            model.Root.Children[0].Children[0].Leaf.Indicator = "stress";
            model.Root.Children[0].Children[0].Leaf.Validity = Duration.FromTimeSpan(TimeSpan.FromDays(400));
        });

    private static double NaiveAuc((double Score, bool Event)[] cases)
    {
        var pairs =
            from one in cases
            where one.Event
            from other in cases
            where !other.Event
            select one.Score > other.Score ? 1.0
            : one.Score == other.Score ? 0.5
            : 0;
        return pairs.Average();
    }
}
