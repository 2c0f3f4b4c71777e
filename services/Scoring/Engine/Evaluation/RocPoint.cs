namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>
/// One corner of a receiver operating characteristic or of a precision-recall curve: a warning for each case at or above a score.
/// </summary>
/// <param name="Threshold">The score.</param>
/// <param name="Recall">The share of the events that are warned of, 0 to 1; also called sensitivity, hit rate or true-positive
/// rate.</param>
/// <param name="FalsePositiveRate">The share of the other cases that are warned of, 0 to 1.</param>
/// <param name="Precision">The share of the warnings that an event follows, 0 to 1.</param>
public readonly record struct RocPoint(double Threshold, double Recall, double FalsePositiveRate, double Precision);
