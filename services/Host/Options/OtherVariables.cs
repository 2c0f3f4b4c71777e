using EarlyWarning.Yaml;

namespace EarlyWarning.Host.Options;

/// <summary>The environment's variables that begin as the suite's do and stand for nothing that is set.</summary>
internal static class OtherVariables
{
    /// <summary>Those that are read where they matter: by <c>ew</c>, the unit of systemd, a key's file, or a test.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "EW_ACTOR",
        "EW_API_KEY",
        "EW_ARGUMENTS",
        "EW_CA",
        "EW_CERT",
        "EW_CRASH_AT",
        "EW_DATA",
        "EW_DEBUG",
        "EW_ENDPOINT",
        "EW_KEY",
        "EW_SETTINGS",
        "EW_TOKEN_COMMAND",
        TlsArguments.PasswordVariable,
    ];

    /// <summary>Says of each variable that was probably meant for the suite, and is none of its, which was meant.</summary>
    /// <param name="variables">The environment's.</param>
    /// <param name="known">Those of the settings.</param>
    /// <param name="families">What the variables of a section begin with: all that begin so are the suite's.</param>
    public static IEnumerable<string> Faults(IEnumerable<string> variables, IReadOnlyList<string> known, IReadOnlyList<string> families)
    {
        string[] all = [.. known, .. Names];
        foreach (
            var variable in variables
                .Where(one => one.StartsWith(Settings.Prefix, StringComparison.Ordinal) && !all.Contains(one))
                .Where(one => !one.StartsWith("EW_TEST_", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            var own = variable[Settings.Prefix.Length..];
            if (SettableOptions.OnlyOnCommandLine.FirstOrDefault(one => Settings.VariableOf(one) == variable) is { } option)
            {
                yield return $"{variable} has no effect: --{option} is for the command line alone.";
            }
            else if (families.FirstOrDefault(family => variable.StartsWith(family, StringComparison.Ordinal)) is { } family)
            {
                var those = all.Where(one => one.StartsWith(family, StringComparison.Ordinal));
                yield return $"{variable} is not known. {KnownWords.Offer(variable, those)}";
            }
            else if (KnownWords.Nearest(own, all.Select(one => one[Settings.Prefix.Length..])) is { } nearest)
            {
                yield return $"{variable} is not known. Did you mean '{Settings.Prefix}{nearest}'?";
            }
        }
    }
}
