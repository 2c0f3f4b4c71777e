using EarlyWarning.Scoring.Backtesting;
using EarlyWarning.Scoring.Comparing;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Constructing;
using EarlyWarning.Scoring.Evaluating;
using EarlyWarning.Scoring.Explaining;
using EarlyWarning.Scoring.Fitting;
using EarlyWarning.Scoring.Scores;
using EarlyWarning.Scoring.Uncertainty;
using EarlyWarning.Scoring.WhatIf;
using EarlyWarning.ServiceDefaults.Requests;
using EarlyWarning.ServiceDefaults.Revisions;
using Grpc.Core;

namespace EarlyWarning.Scoring.Api;

/// <summary>
/// Serves scores and what can be asked of them: each call is one worker's, once the countries have reached the revisions that it asks for.
/// </summary>
internal sealed class ScoringApi(
    UnitScoring units,
    IndexConstructing constructing,
    WeightSearch weights,
    WhatIfScoring whatIf,
    ThresholdPreviewing previewing,
    ScoreExplaining explaining,
    UncertaintyRunning uncertainty,
    SensitivityRunning sensitivity,
    ChoiceAnalysis choices,
    FrameworkComparing comparing,
    Rebasing rebasing,
    ModelFitting fitting,
    BacktestRunning backtesting,
    ForecastJudging judging,
    MinimumRevisions minima
) : V1.ScoringService.ScoringServiceBase
{
    public override Task<V1.ScoreUnitsResponse> ScoreUnits(V1.ScoreUnitsRequest request, ServerCallContext context) =>
        Task.FromResult(units.Score(request));

    public override Task<V1.ConstructIndexResponse> ConstructIndex(V1.ConstructIndexRequest request, ServerCallContext context) =>
        constructing.ConstructAsync(request, context.CancellationToken);

    public override Task<V1.OptimiseWeightsResponse> OptimiseWeights(V1.OptimiseWeightsRequest request, ServerCallContext context) =>
        weights.OptimiseAsync(request, ComputationRun.Direct, context.CancellationToken);

    public override async Task<V1.WhatIfResponse> WhatIf(V1.WhatIfRequest request, ServerCallContext context)
    {
        await minima.ReachedAsync(request.MinimumRevisions, context);
        return await whatIf.AnswerAsync(request, context.CancellationToken);
    }

    public override Task<V1.PreviewThresholdResponse> PreviewThreshold(V1.PreviewThresholdRequest request, ServerCallContext context) =>
        previewing.AnswerAsync(request, context.CancellationToken);

    public override async Task<V1.ExplainScoreResponse> ExplainScore(V1.ExplainScoreRequest request, ServerCallContext context)
    {
        await minima.ReachedAsync(request.MinimumRevisions, context);
        return await explaining.ExplainAsync(request, context.CancellationToken);
    }

    public override async Task<V1.QuantifyUncertaintyResponse> QuantifyUncertainty(
        V1.QuantifyUncertaintyRequest request,
        ServerCallContext context
    )
    {
        await minima.ReachedAsync(request.MinimumRevisions, context);
        return await uncertainty.QuantifyAsync(request, ComputationRun.Direct, context.CancellationToken);
    }

    public override async Task<V1.AnalyseSensitivityResponse> AnalyseSensitivity(
        V1.AnalyseSensitivityRequest request,
        ServerCallContext context
    )
    {
        await minima.ReachedAsync(request.MinimumRevisions, context);
        return await sensitivity.AnalyseAsync(request, ComputationRun.Direct, context.CancellationToken);
    }

    public override async Task<V1.AnalyseChoicesResponse> AnalyseChoices(V1.AnalyseChoicesRequest request, ServerCallContext context)
    {
        await minima.ReachedAsync(request.MinimumRevisions, context);
        return await choices.AnalyseAsync(request, ComputationRun.Direct, context.CancellationToken);
    }

    public override async Task<V1.CompareFrameworksResponse> CompareFrameworks(
        V1.CompareFrameworksRequest request,
        ServerCallContext context
    )
    {
        await minima.ReachedAsync(request.MinimumRevisions, context);
        return await comparing.CompareAsync(request, ComputationRun.Direct, context.CancellationToken);
    }

    public override async Task<V1.RebaseFrameworkResponse> RebaseFramework(V1.RebaseFrameworkRequest request, ServerCallContext context)
    {
        await minima.ReachedAsync(request.MinimumRevisions, context);
        return await rebasing.RebaseAsync(request, RequestMarks.Of(context), context.CancellationToken);
    }

    public override async Task<V1.FitModelResponse> FitModel(V1.FitModelRequest request, ServerCallContext context)
    {
        await minima.ReachedAsync(request.MinimumRevisions, context);
        return await fitting.FitAsync(request, ComputationRun.Direct with { Mark = RequestMarks.Of(context) }, context.CancellationToken);
    }

    public override async Task Backtest(
        V1.BacktestRequest request,
        IServerStreamWriter<V1.BacktestResponse> responseStream,
        ServerCallContext context
    )
    {
        await minima.ReachedAsync(request.MinimumRevisions, context);
        await backtesting.RunAsync(request, responseStream, context.CancellationToken);
    }

    public override Task<V1.EvaluateForecastsResponse> EvaluateForecasts(V1.EvaluateForecastsRequest request, ServerCallContext context) =>
        judging.JudgeAsync(request, context.CancellationToken);
}
