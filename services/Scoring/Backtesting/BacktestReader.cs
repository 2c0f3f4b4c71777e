using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Fitting;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Histories;
using EarlyWarning.Scoring.Requests;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Backtesting;

/// <summary>Reads the data of a back-test and what it asks for.</summary>
internal sealed class BacktestReader(
    TrainingSource source,
    OutcomeReader outcomes,
    FrameworkResolver choices,
    HistoryReader histories,
    CountryChoice countries
)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field at fault.</exception>
    public async Task<BacktestCase> ReadAsync(V1.BacktestRequest request, ComputationRun run, CancellationToken cancellationToken)
    {
        outcomes.Check(request.Outcome);
        return request.TestCase switch
        {
            V1.BacktestRequest.TestOneofCase.Model => await OfModelAsync(request, request.Model, run, cancellationToken),
            V1.BacktestRequest.TestOneofCase.Framework => await OfFrameworkAsync(
                request,
                request.Framework,
                "framework",
                null,
                run,
                cancellationToken
            ),
            V1.BacktestRequest.TestOneofCase.Rule => await OfFrameworkAsync(
                request,
                request.Rule.Scores,
                "rule.scores",
                request.Rule,
                run,
                cancellationToken
            ),
            _ => throw Fault.Field(V1.ErrorReason.InvalidField, "test", "There is nothing to test. Give a model, a framework or a rule."),
        };
    }

    private async Task<BacktestCase> OfModelAsync(
        V1.BacktestRequest request,
        V1.BacktestRequest.Types.ModelTest test,
        ComputationRun run,
        CancellationToken cancellationToken
    )
    {
        var firstTest = RequestValues.Required(test.FirstTest, "model.first_test");
        var rows = await source.ReadAsync(test.Data, "model.data", run, cancellationToken);
        var plan = FitPlan.Of(test.Options, rows.Predictors, "model.options");
        var happened = await HappenedAsync(request, rows, run, cancellationToken);
        var first = rows.Times.TakeWhile(time => time < firstTest).Count();
        if (first == rows.Times.Count)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "model.first_test", "The data ends before the first test. Give an earlier one.");
        }

        var panels = new LabelledPanels(rows, happened, request.Outcome);
        CheckLeaks(rows, plan, panels);
        return new ModelCase(rows, plan, panels, first, test.Options);
    }

    private async Task<BacktestCase> OfFrameworkAsync(
        V1.BacktestRequest request,
        V1.BacktestRequest.Types.FrameworkTest? test,
        string field,
        V1.BacktestRequest.Types.RuleTest? rule,
        ComputationRun run,
        CancellationToken cancellationToken
    )
    {
        var framework = choices.Of(test?.Framework, $"{field}.framework");
        if (test!.Window is null)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, $"{field}.window", "There is no window. Give one.");
        }

        var window = Window.Of(test.Window, $"{field}.window", countries);
        if (rule is not null)
        {
            // Before anything is read, so that a rule at fault is refused at once.
            _ = RuleReader.Of(
                rule,
                framework,
                OutcomeSet.None,
                new HitDefinition(OutcomeReader.Horizon(request.Outcome), TimeSpan.Zero),
                countries
            );
        }

        var inputs = new FrameworkInputs(framework.Compiled);
        var history = await histories.ReadAsync(window, inputs.Wanted, run, cancellationToken);
        var rows = new HistoryRows(window, [.. inputs.Wanted.Select(wanted => wanted.Code)], history);
        if (history.Count == 0)
        {
            throw Fault.Of(
                Grpc.Core.StatusCode.FailedPrecondition,
                V1.ErrorReason.InsufficientData,
                "No country has any data in the window, as it was known then. Take another window, or hindsight."
            );
        }

        var happened = await HappenedAsync(request, rows.Periods, run, cancellationToken);
        var panels = new LabelledPanels(rows.Periods, happened, request.Outcome);
        var replayed = rule is null ? null : RuleReader.Of(rule, framework, happened, panels.Horizons.Definition, countries);
        return new FrameworkCase(framework, inputs, rows, panels, replayed);
    }

    private Task<OutcomeSet> HappenedAsync(
        V1.BacktestRequest request,
        TrainingRows rows,
        ComputationRun run,
        CancellationToken cancellationToken
    ) => outcomes.ReadAsync(request.Outcome, rows.Countries, rows.Times[^1], rows.WithHindsight, run.AsOf, cancellationToken);

    /// <summary>Over all rows together, so that a leak is refused before the first period is fitted.</summary>
    private static void CheckLeaks(TrainingRows rows, FitPlan plan, LabelledPanels panels)
    {
        try
        {
            panels.CheckLeaks(plan.Design);
        }
        catch (FittingException exception)
        {
            throw FittingFaults.Of(exception, rows);
        }
    }
}
