using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>A rising function from a model's probability to the frequency that was observed. Its value lies from 0 to 1.</summary>
public abstract record Calibration
{
    private protected Calibration() { }

    /// <summary>Calibrates a probability.</summary>
    /// <param name="probability">The model's, 0 to 1.</param>
    /// <returns>The calibrated one.</returns>
    public abstract double Apply(double probability);
}

/// <summary>
/// 1 / (1 + exp(−(slope · logit(p) + intercept))). Source: J. Platt, "Probabilistic Outputs for Support Vector Machines" (1999), on the
/// log-odds of the model.
/// </summary>
/// <param name="Slope">Above 0; 1 leaves the spread as it is.</param>
/// <param name="Intercept">On the scale of log-odds.</param>
public sealed record PlattCalibration(double Slope, double Intercept) : Calibration
{
    /// <inheritdoc/>
    public override double Apply(double probability) =>
        1 / (1 + Math.Exp(-((Slope * Math.Log(probability / (1 - probability))) + Intercept)));
}

/// <summary>
/// The line through points of rising probability and never falling frequency; level before the first and after the last. Source:
/// B. Zadrozny and C. Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates" (2002), whose steps are joined
/// by lines.
/// </summary>
/// <param name="Points">At least one.</param>
public sealed record IsotonicCalibration(ImmutableArray<CalibrationPoint> Points) : Calibration
{
    /// <inheritdoc/>
    public override double Apply(double probability)
    {
        if (double.IsNaN(probability))
            return double.NaN;
        var above = 0;
        while (above < Points.Length && Points[above].Probability < probability)
            above++;
        if (above == 0)
            return Points[0].Frequency;
        if (above == Points.Length)
            return Points[^1].Frequency;
        var (low, high) = (Points[above - 1], Points[above]);
        var share = (probability - low.Probability) / (high.Probability - low.Probability);

        // The line may round past its end, and what is calibrated must not.
        return Math.Clamp(low.Frequency + ((high.Frequency - low.Frequency) * share), low.Frequency, high.Frequency);
    }
}

/// <summary>One point of an isotonic calibration.</summary>
/// <param name="Probability">The model's probability.</param>
/// <param name="Frequency">The frequency that was observed there.</param>
public sealed record CalibrationPoint(double Probability, double Frequency);
