using System.Globalization;

namespace EarlyWarning.Host.Options;

/// <summary>What <c>--archive-after</c> says: days, such as 400 or 0.5, or never.</summary>
/// <param name="After">The age; <see langword="null"/> for never.</param>
internal sealed record ArchiveAge(TimeSpan? After)
{
    private const double Most = 36_500;

    /// <summary>Reads it.</summary>
    public static ArchiveAge? Read(SettableOptions.Reading given) =>
        given.Text == "never" ? new(After: null)
        : double.TryParse(given.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= Most
            ? new(TimeSpan.FromDays(days))
        : given.Refuse<ArchiveAge>(
            FormattableString.Invariant($"days, more than 0 and at most {Most:0}, such as 400, or never; not '{given.Text}'.")
        );
}
