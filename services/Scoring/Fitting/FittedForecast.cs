using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>A model, or an ensemble of models, as it was fitted, with what fills its gaps.</summary>
/// <param name="result">What was fitted.</param>
/// <param name="imputation">What fills gaps.</param>
internal sealed class FittedForecast(RecipeResult result, MeanImputation imputation)
{
    private readonly EnsembleScorer _scorer = result.Ensemble.For(imputation.Columns);

    /// <summary>What was fitted.</summary>
    public RecipeResult Result => result;

    /// <summary>What fills gaps.</summary>
    public MeanImputation Imputation => imputation;

    /// <summary>Gives a row its probability.</summary>
    /// <param name="values">The predictors' values; NaN where missing.</param>
    public double Probability(ImmutableArray<double> values) => _scorer.Probability(imputation.Apply(values).AsSpan());
}
