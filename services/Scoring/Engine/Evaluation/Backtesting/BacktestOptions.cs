namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>How a forecaster is tried out.</summary>
public sealed record BacktestOptions
{
    /// <summary>Gets the first period that is forecast from; before it there must be enough to learn from.</summary>
    public required int FirstPeriod { get; init; }

    /// <summary>Gets the last one; the default is the panel's last.</summary>
    public int? LastPeriod { get; init; }

    /// <summary>Gets the length of the lists of the highest, at least 1; the default is 30.</summary>
    public int TopRanks { get; init; } = 30;

    /// <summary>Gets the number of bins of the calibration curve, at least 1; the default is 10.</summary>
    public int CalibrationBins { get; init; } = 10;

    /// <summary>
    /// Gets a value indicating whether the forecaster gives probabilities, as it does by default; if not, as an index does not, its scores
    /// are measured by rank alone.
    /// </summary>
    public bool Probabilities { get; init; } = true;

    /// <summary>Gets the naive model beside it; the default is persistence over five periods.</summary>
    public IForecaster Naive { get; init; } = new PersistenceForecaster(5);
}
