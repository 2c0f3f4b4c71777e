using EarlyWarning.Scoring.Engine.Fitting;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>
/// Learns a penalised logistic regression from what is known by then, and nothing else: means for missing values, α and λ (by
/// cross-validation), coefficients and calibration all come from the training window.
/// </summary>
/// <param name="options">How it learns.</param>
public sealed class LogisticForecaster(LogisticForecasterOptions options) : IForecaster
{
    /// <inheritdoc/>
    public FittedForecaster Fit(Panel known, int period, CancellationToken cancellationToken)
    {
        var imputation = MeanImputation.Fit(known.Columns, known.Rows.Select(row => row.Values), options.FlagMissing);
        var table = known.ToTrainingTable(imputation);
        var design = Design(imputation, known);
        var fitted = ModelFit.Run(table, design, options.Recipe, cancellationToken: cancellationToken);
        var scorer = fitted.Ensemble.For(imputation.Columns);
        return new FittedForecaster(row => scorer.Probability(imputation.Apply(row.Values).AsSpan()))
        {
            Model = fitted.Ensemble,
            Imputation = imputation,
        };
    }

    private FeatureDesign Design(MeanImputation imputation, Panel known)
    {
        if (options.Design is not { } design)
            return FeatureDesign.Linear(imputation.Columns);
        var flags = imputation.Columns.Skip(known.Columns.Length).Select(column => new FeatureTerm(column));
        return design with { Terms = [.. design.Terms, .. flags.Where(flag => design.Terms.Any(term => Flags(term, flag)))] };
    }

    /// <summary>Whether a flag tells of a column that a term uses.</summary>
    private static bool Flags(FeatureTerm term, FeatureTerm flag) =>
        term.Indicators.Any(indicator => indicator + MeanImputation.FlagSuffix == flag.Indicators[0]);
}
