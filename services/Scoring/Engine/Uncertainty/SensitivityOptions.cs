using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>What a sensitivity analysis asks.</summary>
public sealed record SensitivityOptions
{
    /// <summary>
    /// Gets what is unsure, and at which node. Its draws, seed, confidence and values asked for are not looked at; its threads are.
    /// </summary>
    public required MonteCarloOptions Uncertainties { get; init; }

    /// <summary>Gets the inputs, two or more; a source of uncertainty may be in one of them only.</summary>
    public required ImmutableArray<SensitivityFactor> Factors { get; init; }

    /// <summary>Gets the outputs whose variance is split, one or more; the mean rank shift by default.</summary>
    public ImmutableArray<SensitivityOutput> Outputs { get; init; } = [SensitivityOutput.MeanRankShift];

    /// <summary>Gets how the indices are estimated.</summary>
    public SobolOptions Sobol { get; init; } = new();
}

/// <summary>A number that a draw gives.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Country">The code of the country that it is of; null for all.</param>
public sealed record SensitivityOutput(SensitivityOutputKind Kind, string? Country = null)
{
    /// <summary>
    /// Gets the mean over all countries of the absolute difference of a country's rank from that by the point scores: COINr's target.
    /// </summary>
    public static SensitivityOutput MeanRankShift { get; } = new(SensitivityOutputKind.MeanRankShift);
}

/// <summary>The kinds of outputs.</summary>
public enum SensitivityOutputKind
{
    /// <summary>The mean absolute shift of ranks.</summary>
    MeanRankShift = 0,

    /// <summary>A country's score.</summary>
    Score = 1,

    /// <summary>A country's rank.</summary>
    Rank = 2,
}

/// <summary>What is behind the variance of one output.</summary>
/// <param name="Output">The output.</param>
/// <param name="Analysis">Its mean, variance and indices, in the order of the factors.</param>
public sealed record SensitivityResult(SensitivityOutput Output, SobolAnalysis Analysis);
