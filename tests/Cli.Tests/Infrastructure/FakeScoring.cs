using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Infrastructure;

/// <summary>The scoring service, answering what the test says; a back-test sends what <see cref="Backtests"/> holds.</summary>
internal sealed class FakeScoring(FakeUnary answers, Backtests backtests) : ScoringService.ScoringServiceBase
{
    public override Task<ScoreUnitsResponse> ScoreUnits(ScoreUnitsRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ScoreUnitsResponse>(request);

    public override Task<ConstructIndexResponse> ConstructIndex(ConstructIndexRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ConstructIndexResponse>(request);

    public override Task<OptimiseWeightsResponse> OptimiseWeights(OptimiseWeightsRequest request, ServerCallContext context) =>
        answers.AnswerAsync<OptimiseWeightsResponse>(request);

    public override Task<WhatIfResponse> WhatIf(WhatIfRequest request, ServerCallContext context) =>
        answers.AnswerAsync<WhatIfResponse>(request);

    public override Task<ExplainScoreResponse> ExplainScore(ExplainScoreRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ExplainScoreResponse>(request);

    public override Task<QuantifyUncertaintyResponse> QuantifyUncertainty(QuantifyUncertaintyRequest request, ServerCallContext context) =>
        answers.AnswerAsync<QuantifyUncertaintyResponse>(request);

    public override Task<AnalyseSensitivityResponse> AnalyseSensitivity(AnalyseSensitivityRequest request, ServerCallContext context) =>
        answers.AnswerAsync<AnalyseSensitivityResponse>(request);

    public override Task<AnalyseChoicesResponse> AnalyseChoices(AnalyseChoicesRequest request, ServerCallContext context) =>
        answers.AnswerAsync<AnalyseChoicesResponse>(request);

    public override Task<CompareFrameworksResponse> CompareFrameworks(CompareFrameworksRequest request, ServerCallContext context) =>
        answers.AnswerAsync<CompareFrameworksResponse>(request);

    public override Task<RebaseFrameworkResponse> RebaseFramework(RebaseFrameworkRequest request, ServerCallContext context) =>
        answers.AnswerAsync<RebaseFrameworkResponse>(request);

    public override Task<FitModelResponse> FitModel(FitModelRequest request, ServerCallContext context) =>
        answers.AnswerAsync<FitModelResponse>(request);

    public override Task<EvaluateForecastsResponse> EvaluateForecasts(EvaluateForecastsRequest request, ServerCallContext context) =>
        answers.AnswerAsync<EvaluateForecastsResponse>(request);

    public override async Task Backtest(
        BacktestRequest request,
        IServerStreamWriter<BacktestResponse> responseStream,
        ServerCallContext context
    )
    {
        foreach (var response in backtests.Of(request))
        {
            await responseStream.WriteAsync(response);
        }
    }
}

/// <summary>The responses of a back-test, and the requests for one.</summary>
internal sealed class Backtests
{
    public List<BacktestResponse> Responses { get; } = [];

    public List<BacktestRequest> Requests { get; } = [];

    public IEnumerable<BacktestResponse> Of(BacktestRequest request)
    {
        Requests.Add(request);
        return Responses;
    }
}
