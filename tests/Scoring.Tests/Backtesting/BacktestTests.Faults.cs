using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Backtesting;

/// <content>What is refused or left.</content>
public sealed partial class BacktestTests
{
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
}
