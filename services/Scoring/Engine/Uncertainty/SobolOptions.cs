namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>How Sobol indices are estimated.</summary>
public sealed record SobolOptions
{
    /// <summary>The most points a sample may have.</summary>
    public const int MostSamples = 1 << 20;

    /// <summary>
    /// Gets the number of points N in each of the two samples; 4 to 2²⁰, 1,024 by default. With d inputs the output is computed N·(d + 2)
    /// times.
    /// </summary>
    public int Samples { get; init; } = 1_024;

    /// <summary>Gets the seed of the samples and of the bootstrap.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets which estimator of the first-order indices is used; Jansen's by default. Total indices are always Jansen's.</summary>
    public FirstOrderEstimator Estimator { get; init; }

    /// <summary>
    /// Gets how often the points are drawn again for the confidence intervals; 0 to 10,000, 500 by default. 0 gives none.
    /// </summary>
    public int Resamples { get; init; } = 500;

    /// <summary>Gets the confidence of the intervals, above 0 and below 1; 0.9 by default, as in COINr (5 % to 95 %).</summary>
    public double Confidence { get; init; } = 0.9;

    internal void Check()
    {
        if (Samples is < 4 or > MostSamples)
            throw new ArgumentOutOfRangeException(nameof(Samples), Samples, $"Give from 4 to {MostSamples} points.");
        if (Resamples is < 0 or > 10_000)
            throw new ArgumentOutOfRangeException(nameof(Resamples), Resamples, "Give from 0 to 10,000.");
        if (!(Confidence > 0 && Confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(Confidence), Confidence, "A confidence lies between 0 and 1.");
    }
}

/// <summary>Estimators of first-order Sobol indices over Saltelli's design.</summary>
public enum FirstOrderEstimator
{
    /// <summary>
    /// 1 − mean((y_B − y_ABᵢ)²) / 2V, which errs less where an index is large. Source: M. J. W. Jansen, "Analysis of variance
    /// designs for model output", Computer Physics Communications 117 (1999).
    /// </summary>
    Jansen = 0,

    /// <summary>
    /// mean(y_B · (y_ABᵢ − y_A)) / V. Source: A. Saltelli and others, "Variance based sensitivity analysis of model output. Design and
    /// estimator for the total sensitivity index", Computer Physics Communications 181 (2010), table 2 (b); COINr's SA_estimate.
    /// </summary>
    Saltelli = 1,
}
