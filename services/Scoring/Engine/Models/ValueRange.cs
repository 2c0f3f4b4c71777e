namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>A range of values in an indicator's own unit.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, above the lower one.</param>
public sealed record ValueRange(double Low, double High);
