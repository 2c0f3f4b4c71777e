using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>Fits what a plan asks for to rows whose outcomes are known. Gaps become the predictor's mean.</summary>
internal static class ForecastFit
{
    /// <summary>Fits.</summary>
    /// <param name="panel">The rows; those without an outcome are passed over.</param>
    /// <param name="plan">How.</param>
    /// <param name="progress">Is told the share that is done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FittingException">The data cannot carry it; <see cref="LeakedColumnException"/> where a predictor knows the
    /// outcome.</exception>
    public static FittedForecast Fit(Panel panel, FitPlan plan, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var imputation = MeanImputation.Fit(panel.Columns, panel.Rows.Where(row => row.Outcome is not null).Select(row => row.Values));
        var table = panel.ToTrainingTable(imputation);

        // No period is split, so a short history has fewer folds than were asked for.
        var periods = table.Periods.Distinct().Count();
        var recipe = plan.Recipe with { Folds = Math.Min(plan.Recipe.Folds, periods) };
        var result = ModelFit.Run(table, plan.Design, recipe, progress, cancellationToken);
        return new(result, imputation);
    }
}
