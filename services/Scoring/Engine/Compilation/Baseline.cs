namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>What contributions are measured from. Whatever the baseline, it has the same gaps as the state that is explained.</summary>
public enum Baseline
{
    /// <summary>
    /// Every indicator where the risk is least: at the end of its scale, or, on a scale without ends, at the reference set's value of least
    /// risk (0 without a set). For a regression every predictor at its default, or 0 without one.
    /// </summary>
    LeastRisk = 0,

    /// <summary>Every indicator at the mean of its normalised values over the reference set. Only for a framework with a set.</summary>
    ReferenceMean = 1,
}
