using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Store.Clocks;

/// <summary>When a clock is believed. Checked once at the start, all errors together.</summary>
public sealed record ClockOptions : IValidatableObject
{
    /// <summary>
    /// Gets by how much the wall clock may part from the monotonic one at once without a report. Above 0, by default 2 s.
    /// </summary>
    public TimeSpan Jump { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Gets the difference of two clocks above which neither is taken at its word. At least <see cref="Jump"/>, by default 60 s.
    /// </summary>
    public TimeSpan Doubt { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Gets how long, by the monotonic clock, an operator has to set a clock right before the wall clock is believed. 0 to 7 days, by
    /// default 10 minutes.
    /// </summary>
    [Browsable(false)]
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets how far the wall clock may lie behind the time at which the store was last in use. By default 5 minutes.</summary>
    public TimeSpan Behind { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets after how long a silence a start does not take the wall clock at its word where no other clock confirms it, because it may be
    /// ahead. By default 30 days.
    /// </summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets how long a jump that is over is shown to operators. By default 1 hour.</summary>
    public TimeSpan ShownFor { get; init; } = TimeSpan.FromHours(1);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        Validate().Select(error => new ValidationResult(error));

    /// <summary>Lists what is wrong with these options, in words for an operator; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        Check(Jump > TimeSpan.Zero, "The clock's jump limit must be above 0.");
        Check(Doubt >= Jump, "The clock's limit of doubt must not be below its jump limit.");
        Check(Grace >= TimeSpan.Zero && Grace <= TimeSpan.FromDays(7), "The clock's grace must be 0 to 7 days.");
        Check(
            Behind > TimeSpan.Zero && Silence > TimeSpan.Zero && ShownFor >= TimeSpan.Zero,
            "The clock's limits at the start must be above 0."
        );
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
