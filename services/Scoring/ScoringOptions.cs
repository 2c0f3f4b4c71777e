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

    /// <summary>How long a result is kept in the cache. A minute to 365 days, by default 7 days.</summary>
    public TimeSpan KeepResults { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The largest result that is kept, in bytes. 1 KiB to 64 MiB, by default 4 MiB.</summary>
    public int MaxResultBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Lists what is wrong with these options, in words for an operator; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        Check(Processors is >= 1 and <= 1_024, "Scoring must have 1 to 1024 processors.");
        Check(CountriesAtOnce is >= 1 and <= 1_024, "Scoring must ask 1 to 1024 countries at once.");
        Check(KeepResults >= TimeSpan.FromMinutes(1) && KeepResults <= TimeSpan.FromDays(365), "Scoring must keep results for a minute to 365 days.");
        Check(MaxResultBytes is >= 1024 and <= 64 * 1024 * 1024, "The largest result that Scoring keeps must be 1 KiB to 64 MiB.");
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
