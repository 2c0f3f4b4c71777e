using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>Everything that is measured of a set of forecasts with outcomes.</summary>
public sealed record ForecastQuality
{
    /// <summary>Gets the number of forecasts.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the number of events.</summary>
    public required int Events { get; init; }

    /// <summary>
    /// Gets the area under the receiver operating characteristic; null where one of the two outcomes never came, and for a base rate.
    /// </summary>
    public required AreaUnderRoc? AreaUnderRoc { get; init; }

    /// <summary>Gets the curves by threshold; null where one of the two outcomes never came, and for a base rate.</summary>
    public required ThresholdCurve? Curve { get; init; }

    /// <summary>Gets the Brier score, partitioned by distinct probabilities; null for scores that are none.</summary>
    public required BrierScore? Brier { get; init; }

    /// <summary>Gets the logarithmic score, in nats; null for scores that are no probabilities.</summary>
    public required double? LogScore { get; init; }

    /// <summary>Gets what was forecast beside what came; null for scores that are no probabilities.</summary>
    public required CalibrationCurve? Calibration { get; init; }

    /// <summary>Gets what the lists of the highest came to.</summary>
    public required TopRanked Top { get; init; }

    /// <summary>Gets the share of forecasts to which the event came, 0 to 1.</summary>
    public double BaseRate => (double)Events / Count;

    /// <summary>Measures forecasts.</summary>
    /// <param name="cases">The forecasts with their outcomes, in any order; lists are made for each period.</param>
    /// <param name="topRanks">The length of the lists, at least 1.</param>
    /// <param name="calibrationBins">The number of bins of the calibration curve, at least 1.</param>
    /// <param name="probabilities">Whether the scores are probabilities; of others no more than their ranks can be measured.</param>
    /// <returns>The measures.</returns>
    /// <exception cref="FittingException">There is no case, a score is no number, or a probability is not from 0 to 1.</exception>
    public static ForecastQuality Measure(
        ReadOnlySpan<ScoredOutcome> cases,
        int topRanks = 30,
        int calibrationBins = 10,
        bool probabilities = true
    ) =>
        cases.IsEmpty
            ? throw ForecastRules.None()
            : new ForecastQuality
            {
                Brier = probabilities ? BrierScore.Measure(cases) : null,
                Count = cases.Length,
                Events = ForecastRules.Events(cases),
                AreaUnderRoc = AreaUnderRoc.Measure(cases),
                Curve = ThresholdCurve.Measure(cases),
                LogScore = probabilities ? Evaluation.LogScore.Measure(cases) : null,
                Calibration = probabilities ? CalibrationCurve.Measure(cases, calibrationBins) : null,
                Top = TopRanked.Measure(cases, topRanks),
            };
}
