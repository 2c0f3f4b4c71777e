using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Fitting;

/// <content>What is refused.</content>
public sealed partial class ModelFittingTests
{
    [Fact]
    public async Task FitModel_BadRequests_AreRefusedByField()
    {
        await Refused.AtAsync("data", "INVALID_FIELD", () => FitAsync(request => request.Data = null));
        await Refused.AtAsync("outcome", "INVALID_FIELD", () => FitAsync(request => request.Outcome = new()));
        await Refused.AtAsync("outcome.indicator", "UNKNOWN_INDICATOR", () => FitAsync(request => request.Outcome.Indicator = "none"));
        await Refused.AtAsync("outcome.horizon", "INVALID_FIELD", () => FitAsync(request => request.Outcome.Horizon = new()));
        await Refused.AtAsync("outcome.events[0].time", "INVALID_FIELD", () =>
            FitAsync(request => request.Outcome.Events.Add(new V1.OutcomeEvent { Country = "XAA" }))
        );
        await Refused.AtAsync("outcome.told[0].event", "INVALID_FIELD", () =>
            FitAsync(request => request.Outcome.Told.Add(new V1.ToldOutcome { Country = "XAA", Time = Samples.Now.Stamp() }))
        );
        await Refused.AtAsync("outcome.told[1]", "INVALID_FIELD", () => FitAsync(request =>
                request.Outcome.Told.Add([
                    new V1.ToldOutcome
                    {
                        Country = "XAA",
                        Time = Samples.Now.Stamp(),
                        Event = true,
                    },
                    new V1.ToldOutcome
                    {
                        Country = "XAA",
                        Time = Samples.Now.Stamp(),
                        Event = false,
                    },
                ])
            ));
        await Refused.AtAsync("outcome.known_until", "INVALID_FIELD", () =>
            FitAsync(request =>
                (request.Outcome.KnownFrom, request.Outcome.KnownUntil) = (Chronicle.EndOf(2005).Stamp(), Chronicle.EndOf(2004).Stamp())
            )
        );
        await Refused.AtAsync("data.history.predictors", "INVALID_FIELD", () =>
            FitAsync(request => request.Data.History.Predictors.Clear())
        );
        await Refused.AtAsync("data.history.predictors[1]", "UNKNOWN_INDICATOR", () =>
            FitAsync(request => request.Data.History.Predictors[1] = "none")
        );
        await Refused.AtAsync("data.history.until", "INVALID_FIELD", () =>
            FitAsync(request => request.Data.History.Until = Chronicle.EndOf(1990).Stamp())
        );
        await Refused.AtAsync("data.history.step_months", "INVALID_FIELD", () =>
            FitAsync(request => request.Data.History.StepMonths = 121)
        );
        await Refused.AtAsync("options.mix", "INVALID_FIELD", () => FitAsync(request => request.Options = new() { Mix = 1.5 }));
        await Refused.AtAsync("options.penalty", "INVALID_FIELD", () => FitAsync(request => request.Options = new() { Penalty = -1 }));
        await Refused.AtAsync("options.folds", "INVALID_FIELD", () => FitAsync(request => request.Options = new() { Folds = 1 }));
        await Refused.AtAsync("options.members", "INVALID_FIELD", () => FitAsync(request => request.Options = new() { Members = 51 }));
        await Refused.AtAsync("options.interactions[0].indicators", "INVALID_FIELD", () =>
            FitAsync(request => request.Options = new() { Interactions = { new V1.Interaction { Indicators = { "stress" } } } })
        );
        await Refused.AtAsync("options.interactions[0].indicators[1]", "INVALID_FIELD", () =>
            FitAsync(request => request.Options = new() { Interactions = { new V1.Interaction { Indicators = { "stress", "killings" } } } })
        );
        await Refused.AtAsync("create_as", "INVALID_FIELD", () => FitAsync(request => request.CreateAs = "frameworks/a/versions/1"));
        await Refused.AtAsync("bands[0].lower_bound", "INVALID_FIELD", () =>
            FitAsync(request => request.Bands.Add(new V1.Band { Level = "low", LowerBound = 0.1 }))
        );
        await Refused.AtAsync("data.table.times", "INVALID_FIELD", () =>
            FitAsync(request => request.Data.Table = new() { Countries = { "XAA" } })
        );
        await Refused.AtAsync("data.table.predictors[0].values", "INVALID_FIELD", () => FitAsync(request =>
                request.Data.Table = new()
                {
                    Countries = { "XAA" },
                    Times = { Samples.Now.Stamp() },
                    Predictors = { new V1.ReferenceColumn { Indicator = "x" } },
                }
            ));
    }

    [Fact]
    public async Task FitModel_WithoutEvents_HasInsufficientData() =>
        await Refused.WithAsync(Grpc.Core.StatusCode.FailedPrecondition, "INSUFFICIENT_DATA", () => FitAsync(request =>
                request.Outcome = new()
                {
                    Events =
                    {
                        new V1.OutcomeEvent { Country = "XAA", Time = Chronicle.EndOf(2010).Stamp() },
                    },
                }
            ));

    [Theory]
    [InlineData("onset")]
    [InlineData("onset-lead")]
    public async Task FitModel_DeclaredOutcomeAsPredictor_IsLeaked(string predictor) =>
        await Refused.AtAsync("data.history.predictors[1]", "LEAKED_PREDICTOR", () =>
            FitAsync(request => request.Data.History = Chronicle.Window("stress", predictor))
        );

    [Fact]
    public async Task FitModel_UndeclaredLeadAsPredictor_IsLeaked() =>
        await Refused.AtAsync("data.history.predictors[0]", "LEAKED_PREDICTOR", () => FitAsync(request =>
            {
                request.Data.History = Chronicle.Window("onset-lead", "stress");
                request.Outcome.RelatedIndicators.Clear();
            }));
}
