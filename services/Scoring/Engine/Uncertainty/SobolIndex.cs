using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>What Sobol's analysis of variance found out about one output.</summary>
/// <param name="Mean">The mean of the output over the two samples.</param>
/// <param name="Variance">Its variance over them (divided by 2N − 1, as in COINr).</param>
/// <param name="Samples">The points of a sample that were used: those at which the output was a number throughout.</param>
/// <param name="Inputs">The indices, in the order of the inputs. Those of an output that does not vary are 0.</param>
public sealed record SobolAnalysis(double Mean, double Variance, int Samples, ImmutableArray<SobolIndex> Inputs);

/// <summary>What part of an output's variance one input is behind.</summary>
/// <param name="Input">The input's name.</param>
/// <param name="FirstOrder">The share that knowing the input alone would take away, about 0 to 1; an estimate may fall a little
/// outside.</param>
/// <param name="Total">The share that is left when all but the input are known: with all its interactions.</param>
public sealed record SobolIndex(string Input, SobolEstimate FirstOrder, SobolEstimate Total);

/// <summary>An estimated index.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The lower end of its bootstrap percentile interval; NaN without a bootstrap.</param>
/// <param name="High">The upper end.</param>
public readonly record struct SobolEstimate(double Value, double Low, double High);
