using EarlyWarning.Scoring.Engine.Fitting;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>How a penalised logistic regression learns from each window.</summary>
public sealed record LogisticForecasterOptions
{
    /// <summary>
    /// Gets the terms; the default is a linear term a column. Flags of missing values are added for the columns that are used.
    /// </summary>
    public FeatureDesign? Design { get; init; }

    /// <summary>Gets a value indicating whether columns say where values were missing; they do by default.</summary>
    public bool FlagMissing { get; init; } = true;

    /// <summary>Gets how the model is fitted and calibrated.</summary>
    public ModelRecipe Recipe { get; init; } = new();
}
