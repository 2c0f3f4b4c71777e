using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Scoring.Operations;

/// <summary>How many long calls may run, wait and be kept. Checked once at the start, all errors together.</summary>
public sealed class OperationOptions : IValidatableObject
{
    /// <summary>
    /// How many run at once. 1 to 64, by default 1: one takes as many processors as computations may have, so more of them would only share
    /// these.
    /// </summary>
    public int AtOnce { get; set; } = 1;

    /// <summary>How many may wait. 1 to 10,000, by default 100.</summary>
    public int MostQueued { get; set; } = 100;

    /// <summary>
    /// How many are kept, waiting and running ones too. More than may wait and run together, at most 10,000; by default 1,000.
    /// </summary>
    public int MostKept { get; set; } = 1_000;

    /// <summary>How much of requests and results is kept together, in bytes. 64 MiB to 1 TiB, by default 1 GiB.</summary>
    public long MostKeptBytes { get; set; } = 1L << 30;

    /// <summary>The largest result that is kept, in bytes. 1 KiB to 64 MiB, by default 16 MiB.</summary>
    public int MaxResultBytes { get; set; } = 16 << 20;

    /// <summary>How long one is kept after its end. A minute to 30 days, by default 24 hours.</summary>
    [Browsable(false)]
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often one is begun whose process ended while it ran. 1 to 10, by default 2.</summary>
    public int MostAttempts { get; set; } = 2;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        Validate().Select(error => new ValidationResult(error));

    /// <summary>Lists what is wrong with these options, in words for an operator; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        Check(AtOnce is >= 1 and <= 64, "1 to 64 operations must run at once.");
        Check(MostQueued is >= 1 and <= 10_000, "1 to 10000 operations may wait.");
        Check(
            MostKept >= MostQueued + AtOnce + 1 && MostKept <= 10_000,
            "More operations must be kept than may wait and run, and at most 10000."
        );
        Check(MostKeptBytes is >= 64L << 20 and <= 1L << 40, "64 MiB to 1 TiB of operations must be kept.");
        Check(MaxResultBytes is >= 1 << 10 and <= 64 << 20, "The largest result of an operation must be 1 KiB to 64 MiB.");
        Check(
            Retention >= TimeSpan.FromMinutes(1) && Retention <= TimeSpan.FromDays(30),
            "Operations must be kept for a minute to 30 days."
        );
        Check(MostAttempts is >= 1 and <= 10, "An operation must be begun 1 to 10 times.");
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
