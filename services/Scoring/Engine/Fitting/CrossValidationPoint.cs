namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>How one λ did on the folds that were held out.</summary>
/// <param name="Lambda">The strength of the penalty.</param>
/// <param name="Mean">The mean of the measure over the folds, each counted by its rows' weight.</param>
/// <param name="StandardError">The standard error of the mean.</param>
/// <param name="Selected">The number of terms with a coefficient in the model of all rows.</param>
public readonly record struct CrossValidationPoint(double Lambda, double Mean, double StandardError, int Selected);
