using EarlyWarning.Scoring.Operations;
using EarlyWarning.Scoring.Tests.Infrastructure;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Tests.Operations;

/// <content>The direct calls.</content>
public sealed partial class OperationTests
{
    private static async Task<V1.OperationResult> DirectAsync(OperationHouse house, V1.StartOperationRequest request)
    {
        var call = OperationHouse.Call();
        FakeWriter<V1.BacktestResponse> stream = new();
        return WithoutTraces(
            OperationCalls.MethodOf(request) switch
            {
                Method.FitModel => new() { FitModel = await house.Direct.FitModel(request.FitModel, call) },
                Method.Backtest => new() { Backtest = await ResultAsync() },
                Method.QuantifyUncertainty => new()
                {
                    QuantifyUncertainty = await house.Direct.QuantifyUncertainty(request.QuantifyUncertainty, call),
                },
                Method.AnalyseSensitivity => new()
                {
                    AnalyseSensitivity = await house.Direct.AnalyseSensitivity(request.AnalyseSensitivity, call),
                },
                Method.AnalyseChoices => new() { AnalyseChoices = await house.Direct.AnalyseChoices(request.AnalyseChoices, call) },
                Method.CompareFrameworks => new()
                {
                    CompareFrameworks = await house.Direct.CompareFrameworks(request.CompareFrameworks, call),
                },
                _ => new() { OptimiseWeights = await house.Direct.OptimiseWeights(request.OptimiseWeights, call) },
            }
        );

        async Task<V1.BacktestResult> ResultAsync()
        {
            await house.Direct.Backtest(request.Backtest, stream, call);
            return stream.Written[^1].Result;
        }
    }

    /// <summary>Leaves out what says that the second of two was kept from the first, and which version a fit became.</summary>
    private static V1.OperationResult WithoutTraces(V1.OperationResult result)
    {
        var plain = result.Clone();
        foreach (
            var computation in new[]
            {
                plain.FitModel?.Computation,
                plain.Backtest?.Computation,
                plain.QuantifyUncertainty?.Computation,
                plain.AnalyseSensitivity?.Computation,
                plain.AnalyseChoices?.Computation,
                plain.CompareFrameworks?.Computation,
            }
        )
        {
            if (computation is not null)
            {
                (computation.Cached, computation.CatalogueRevision) = (false, 0);
            }
        }

        if (plain.FitModel is { } fit)
        {
            fit.Framework.Name = fit.Computation.Framework = "";
        }

        return plain;
    }
}
