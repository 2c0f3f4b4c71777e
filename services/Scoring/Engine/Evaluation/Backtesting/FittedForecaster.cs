using EarlyWarning.Scoring.Engine.Fitting;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>What a forecaster learned.</summary>
/// <param name="Probability">
/// Gives a row its probability, 0 to 1, or its score where scores are tried out; the row's outcome is withheld.
/// </param>
public sealed record FittedForecaster(Func<PanelRow, double> Probability)
{
    /// <summary>Gets the model behind it, or the models that are averaged, where there is one.</summary>
    public FittedEnsemble? Model { get; init; }

    /// <summary>Gets what fills a row's missing values before the model sees it.</summary>
    public MeanImputation? Imputation { get; init; }
}
