using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>A term of a regression that is the product of predictors.</summary>
/// <param name="Coefficient">The change of the log-odds for one unit of the product.</param>
/// <param name="Indicators">The indicators that are multiplied, two or more; the same one twice is its square.</param>
public sealed record Interaction(double Coefficient, ImmutableArray<string> Indicators);
