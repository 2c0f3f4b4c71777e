using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Fitting;

namespace EarlyWarning.Scoring.Backtesting;

/// <summary>Learns what FitModel would have fitted at the time.</summary>
internal sealed class ModelForecaster(FitPlan plan) : IForecaster
{
    public FittedForecaster Fit(Panel known, int period, CancellationToken cancellationToken)
    {
        var forecast = ForecastFit.Fit(known, plan, null, cancellationToken);
        return new(row => forecast.Probability(row.Values)) { Model = forecast.Result.Ensemble, Imputation = forecast.Imputation };
    }
}
