using EarlyWarning.V1;

namespace EarlyWarning.Board.Countries;

/// <summary>A row of a chart's table: a decision on the score, or what was known at a moment that was looked up. Immutable.</summary>
/// <param name="At">The moment.</param>
/// <param name="Score">The score; <see langword="null"/> where there was none.</param>
/// <param name="Range">Its range; <see langword="null"/> where it was not looked up, or errors are not stated.</param>
/// <param name="Level">The level in words; empty where it was not looked up.</param>
/// <param name="Coverage">The share of the weight with valid data; <see langword="null"/> where it was not looked up.</param>
public sealed record ScoreRow(DateTimeOffset At, double? Score, Interval? Range, string Level, double? Coverage);
