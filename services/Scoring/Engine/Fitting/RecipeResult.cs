using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>What a recipe came to.</summary>
public sealed record RecipeResult
{
    /// <summary>Gets the model, or the models that are averaged, and the calibration.</summary>
    public required FittedEnsemble Ensemble { get; init; }

    /// <summary>Gets the share of the penalty that is lasso.</summary>
    public required double Alpha { get; init; }

    /// <summary>Gets the strength of the penalty.</summary>
    public required double Lambda { get; init; }

    /// <summary>Gets how the λ did along the path of the α chosen; null where λ was given.</summary>
    public CrossValidationResult? CrossValidation { get; init; }

    /// <summary>
    /// Gets each row's probability before calibration by a fit without its fold; default where nothing had to be held out.
    /// </summary>
    public ImmutableArray<double> HeldOut { get; init; }
}
