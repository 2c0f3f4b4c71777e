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
    public int Processors { get; set; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>How many countries are asked for their values at once. 1 to 1,024, by default 16.</summary>
    public int CountriesAtOnce { get; set; } = 16;

    /// <summary>Where results are kept that can be computed again.</summary>
    public CacheOptions Cache { get; } = new();

    /// <summary>The long calls that go on without their callers.</summary>
    public OperationOptions Operations { get; } = new();

    /// <summary>Lists what is wrong with these options, in words for an operator; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        Check(Processors is >= 1 and <= 1_024, "Scoring must have 1 to 1024 processors.");
        Check(CountriesAtOnce is >= 1 and <= 1_024, "Scoring must ask 1 to 1024 countries at once.");
        errors.AddRange(Cache.Validate());
        errors.AddRange(Operations.Validate());
        return errors;

        void Check(bool holds, string error)
        {
            if (!holds)
            {
                errors.Add(error);
            }
        }
    }
}
