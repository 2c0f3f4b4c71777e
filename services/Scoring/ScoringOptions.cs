using System.ComponentModel.DataAnnotations;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Operations;

namespace EarlyWarning.Scoring;

/// <summary>How much the service computes at once, and what it keeps. Checked once at the start, all errors together.</summary>
public sealed class ScoringOptions
{
    /// <summary>
    /// How many processors heavy computations may take together. 1 to 1,024; default: one less than there are, and at least one, so that
    /// warnings are never computed last.
    /// </summary>
    [Range(1, 1_024, ErrorMessage = "Scoring must have 1 to 1024 processors.")]
    public int Processors { get; set; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>How many countries are asked for their values at once. 1 to 1,024, by default 16.</summary>
    [Range(1, 1_024, ErrorMessage = "Scoring must ask 1 to 1024 countries at once.")]
    public int CountriesAtOnce { get; set; } = 16;

    /// <summary>Where results are kept that can be computed again.</summary>
    public CacheOptions Cache { get; } = new();

    /// <summary>The long calls that go on without their callers.</summary>
    public OperationOptions Operations { get; } = new();

    /// <summary>Lists what is wrong with these options, in words for an operator; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<ValidationResult> faults = [];
        Validator.TryValidateObject(this, new(this), faults, validateAllProperties: true);
        return [.. faults.Select(fault => fault.ErrorMessage!), .. Cache.Validate(), .. Operations.Validate()];
    }
}
