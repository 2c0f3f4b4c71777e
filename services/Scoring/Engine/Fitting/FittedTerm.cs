using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>One term of a fitted model.</summary>
/// <param name="Indicators">The codes that are multiplied; the same twice is a square.</param>
/// <param name="Coefficient">
/// The change of the log-odds for one unit of the product, on the indicators' own scales; 0 where the penalty left it out.
/// </param>
public sealed record FittedTerm(ImmutableArray<string> Indicators, double Coefficient);
