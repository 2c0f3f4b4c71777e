using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Engine.Fitting;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Learns a model of every column, with means for missing values, from the window alone.</summary>
internal sealed class WindowForecaster(ModelRecipe recipe) : IForecaster
{
    public FittedForecaster Fit(Panel known, int period, CancellationToken cancellationToken)
    {
        var imputation = MeanImputation.Fit(known.Columns, known.Rows.Select(row => row.Values));
        var model = ModelFit
            .Run(known.ToTrainingTable(imputation), FeatureDesign.Linear(known.Columns), recipe, cancellationToken: cancellationToken)
            .Ensemble;
        var scorer = model.For(known.Columns);
        return new(row => scorer.Probability(imputation.Apply(row.Values).AsSpan())) { Model = model, Imputation = imputation };
    }
}
