using System.CommandLine.Parsing;
using System.Globalization;
using EarlyWarning.Store;

namespace EarlyWarning.Host.Options;

/// <summary>What <c>--archive-after</c> says: days, such as 400 or 0.5, or never.</summary>
/// <param name="After">The age; <see langword="null"/> for never.</param>
internal sealed record ArchiveAge(TimeSpan? After)
{
    private const string Variable = "EW_ARCHIVE_AFTER";
    private const double Most = 36_500;

    /// <summary>What <c>EW_ARCHIVE_AFTER</c> says, else the default.</summary>
    public static ArchiveAge? Standard(ArgumentResult result) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? Read(given, Variable, result)
            : new(new StoreOptions().ArchiveAfter);

    /// <summary>What the command line says.</summary>
    public static ArchiveAge? Parse(ArgumentResult result) => Read(result.Tokens[0].Value, "--archive-after", result);

    private static ArchiveAge? Read(string given, string name, ArgumentResult result)
    {
        if (given == "never")
        {
            return new(After: null);
        }

        if (double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= Most)
        {
            return new(TimeSpan.FromDays(days));
        }

        result.AddError(
            FormattableString.Invariant($"{name} takes days, more than 0 and at most {Most:0}, such as 400, or never; not '{given}'.")
        );
        return null;
    }
}
