using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>A unit that was screened out of a reference set.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ScreenedUnit(ReferenceUnit Unit, string Reason);
