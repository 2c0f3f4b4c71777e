namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>How probabilities are calibrated.</summary>
public enum CalibrationMethod
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By Platt scaling.</summary>
    Platt,

    /// <summary>By isotonic regression; needs many events.</summary>
    Isotonic,
}
