namespace EarlyWarning.Scoring.Engine.States;

/// <summary>Where the score of complete and exact data would lie.</summary>
/// <param name="Low">The lower end, on the scale of the score.</param>
/// <param name="High">The upper end.</param>
/// <param name="Confidence">The probability, 0 to 1, that the interval is built for.</param>
/// <param name="StandardError">The standard error of the score.</param>
/// <param name="Method">How it was computed.</param>
public readonly record struct ScoreInterval(double Low, double High, double Confidence, double StandardError, string Method)
{
    /// <summary>
    /// First-order propagation of the observations' standard errors, taken as independent, with each missing value uniform over its range.
    /// </summary>
    public const string DeltaMethod = "delta-method";
}
