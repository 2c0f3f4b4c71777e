using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// Everything that is decided before a model is fitted, down to its calibration; what is left open the training data choose.
/// </summary>
public sealed record ModelRecipe
{
    /// <summary>
    /// Gets the α that are tried, each 0 (ridge) to 1 (lasso); the default is ridge alone. With a λ given the first one is taken.
    /// </summary>
    public ImmutableArray<double> Alphas { get; init; } = [0];

    /// <summary>Gets the λ, from 0; null, the default, lets cross-validation choose.</summary>
    public double? Lambda { get; init; }

    /// <summary>Gets how each model is fitted; its α is not used.</summary>
    public ElasticNetOptions Net { get; init; } = new();

    /// <summary>Gets the number of folds, at least 2; the default is 10.</summary>
    public int Folds { get; init; } = 10;

    /// <summary>Gets which rows are held out together; the default is those of a group, as a rule a country.</summary>
    public FoldKey FoldsBy { get; init; } = FoldKey.Group;

    /// <summary>Gets what α and λ are chosen by; the default is deviance.</summary>
    public CrossValidationMeasure Measure { get; init; } = CrossValidationMeasure.Deviance;

    /// <summary>
    /// Gets a value indicating whether the strongest penalty within one standard error of the best is taken, not the best.
    /// </summary>
    public bool OneStandardError { get; init; }

    /// <summary>Gets how probabilities are calibrated on held-out ones; by default they are not.</summary>
    public CalibrationMethod Calibration { get; init; }

    /// <summary>
    /// Gets the number of models that are averaged; 1, the default, is fitted on the rows as they are, more on bootstrap samples of groups.
    /// </summary>
    public int Members { get; init; } = 1;

    /// <summary>Gets the seed of folds and samples.</summary>
    public ulong Seed { get; init; }
}
