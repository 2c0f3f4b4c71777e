using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Store.Clocks;

/// <summary>When a clock is believed.</summary>
public sealed record ClockOptions : IValidatableObject
{
    /// <summary>
    /// Gets by how much the wall clock may part from the monotonic one at once without a report. 1 ms to 1 day, by default 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan Jump { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Gets the difference of two clocks above which neither is taken at its word. At least <see cref="Jump"/>, at most 1 day, by default
    /// 60 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan Doubt { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Gets how long, by the monotonic clock, an operator has to set a clock right before the wall clock is believed. 0 to 7 days, by
    /// default 10 minutes.
    /// </summary>
    [Browsable(false)]
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Gets how far the wall clock may lie behind the time at which the store was last in use. 1 ms to 365 days, by default 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00")]
    public TimeSpan Behind { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets after how long a silence a start does not take the wall clock at its word where no other clock confirms it, because it may be
    /// ahead. 1 ms to 36,500 days, by default 30 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "36500.00:00:00")]
    public TimeSpan Silence { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets how long a jump that is over is shown to operators. 0 to 365 days, by default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan ShownFor { get; init; } = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Doubt >= Jump ? [] : [new("Write at least what jump says: less than that is no difference at all.", [nameof(Doubt)])];
}
