using EarlyWarning.Scoring.Backtesting;
using EarlyWarning.Scoring.Comparing;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Constructing;
using EarlyWarning.Scoring.Fitting;
using EarlyWarning.Scoring.Uncertainty;
using static EarlyWarning.V1.Operation.Types;
using Call = EarlyWarning.V1.StartOperationRequest.CallOneofCase;

namespace EarlyWarning.Scoring.Operations;

/// <summary>Makes the calls that can be left: the same ones, by the same workers, as where the caller waits.</summary>
internal sealed class OperationCalls(
    ModelFitting fitting,
    BacktestRunning backtesting,
    UncertaintyRunning uncertainty,
    SensitivityRunning sensitivity,
    ChoiceAnalysis choices,
    FrameworkComparing comparing,
    WeightSearch weights
)
{
    /// <summary>Which call a request asks for; unspecified where it asks for none.</summary>
    public static Method MethodOf(V1.StartOperationRequest request) =>
        request.CallCase switch
        {
            Call.FitModel => Method.FitModel,
            Call.Backtest => Method.Backtest,
            Call.QuantifyUncertainty => Method.QuantifyUncertainty,
            Call.AnalyseSensitivity => Method.AnalyseSensitivity,
            Call.AnalyseChoices => Method.AnalyseChoices,
            Call.CompareFrameworks => Method.CompareFrameworks,
            Call.OptimiseWeights => Method.OptimiseWeights,
            _ => Method.Unspecified,
        };

    /// <summary>Makes the call.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is refused, as the direct call would be.</exception>
    /// <exception cref="OperationCanceledException">The token says so.</exception>
    public async Task<V1.OperationResult> MakeAsync(
        V1.StartOperationRequest request,
        ComputationRun run,
        CancellationToken cancellationToken
    ) =>
        request.CallCase switch
        {
            Call.FitModel => new() { FitModel = await fitting.FitAsync(request.FitModel, run, cancellationToken) },
            Call.Backtest => new() { Backtest = await backtesting.TestAsync(request.Backtest, run, cancellationToken) },
            Call.QuantifyUncertainty => new()
            {
                QuantifyUncertainty = await uncertainty.QuantifyAsync(request.QuantifyUncertainty, run, cancellationToken),
            },
            Call.AnalyseSensitivity => new()
            {
                AnalyseSensitivity = await sensitivity.AnalyseAsync(request.AnalyseSensitivity, run, cancellationToken),
            },
            Call.AnalyseChoices => new() { AnalyseChoices = await choices.AnalyseAsync(request.AnalyseChoices, run, cancellationToken) },
            Call.CompareFrameworks => new()
            {
                CompareFrameworks = await comparing.CompareAsync(request.CompareFrameworks, run, cancellationToken),
            },
            Call.OptimiseWeights => new()
            {
                OptimiseWeights = await weights.OptimiseAsync(request.OptimiseWeights, run, cancellationToken),
            },
            _ => throw new InvalidOperationException("The request asks for no call."),
        };
}
