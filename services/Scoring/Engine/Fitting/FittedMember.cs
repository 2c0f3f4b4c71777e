namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>One model of an ensemble.</summary>
/// <param name="Model">The model.</param>
/// <param name="Weight">Its share of the mean, 0 to 1.</param>
public sealed record FittedMember(FittedModel Model, double Weight);
