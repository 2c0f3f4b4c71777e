namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>What the treatment of outliers did to one indicator.</summary>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="Method">
/// What was done, in words: "none", "winsorisation", "logarithm", "negative logarithm", "Box-Cox", or several with ", then " between them.
/// </param>
/// <param name="HighPoints">How many of the set's values were winsorised from above.</param>
/// <param name="LowPoints">How many were from below.</param>
/// <param name="Before">The shape before.</param>
/// <param name="After">The shape after.</param>
public sealed record IndicatorTreatment(string Indicator, string Method, int HighPoints, int LowPoints, Shape Before, Shape After);

/// <summary>The shape of a distribution; see <see cref="Models.ShapeTest"/>.</summary>
/// <param name="Skewness">G1; NaN of fewer than three values, or of equal ones.</param>
/// <param name="Kurtosis">The excess G2; NaN of fewer than four values, or of equal ones.</param>
public readonly record struct Shape(double Skewness, double Kurtosis);
