using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>What cross-validation found out along a path of penalties.</summary>
public sealed record CrossValidationResult
{
    /// <summary>Gets what the penalties were measured by.</summary>
    public required CrossValidationMeasure Measure { get; init; }

    /// <summary>Gets how each λ did, falling.</summary>
    public required ImmutableArray<CrossValidationPoint> Points { get; init; }

    /// <summary>Gets the models of all rows, one a λ.</summary>
    public required RegularisationPath Path { get; init; }

    /// <summary>Gets the number of the λ with the best mean; the largest of equals (glmnet's lambda.min).</summary>
    public required int Best { get; init; }

    /// <summary>Gets the number of the largest λ whose mean is within one standard error of the best (glmnet's lambda.1se).</summary>
    public required int OneStandardError { get; init; }

    /// <summary>
    /// Gets each row's probability from the model at the best λ that was fitted without the row's fold: what calibration is fitted on.
    /// </summary>
    public required ImmutableArray<double> BestHeldOut { get; init; }

    /// <summary>Gets the same at the largest λ within one standard error of the best.</summary>
    public required ImmutableArray<double> OneStandardErrorHeldOut { get; init; }
}
