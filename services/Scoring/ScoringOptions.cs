using System.ComponentModel.DataAnnotations;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Operations;

namespace EarlyWarning.Scoring;

/// <summary>How much the service computes at once, and what it keeps.</summary>
public sealed class ScoringOptions
{
    /// <summary>
    /// How many processors heavy computations may take together. 1 to 1,024; default: one less than there are, and at least one, so that
    /// warnings are never computed last.
    /// </summary>
    [Range(1, 1_024)]
    public int Processors { get; set; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>How many countries are asked for their values at once. 1 to 1,024, by default 16.</summary>
    [Range(1, 1_024)]
    public int CountriesAtOnce { get; set; } = 16;

    /// <summary>Where results are kept that can be computed again.</summary>
    public CacheOptions Cache { get; } = new();

    /// <summary>The long calls that go on without their callers.</summary>
    public OperationOptions Operations { get; } = new();
}
