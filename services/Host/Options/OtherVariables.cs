namespace EarlyWarning.Host.Options;

/// <summary>Variables of the suite's that stand for no option: each is read where it matters.</summary>
internal static class OtherVariables
{
    private static readonly string[] s_names =
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

    private static readonly string[] s_families = ["EW_DAPR_", "EW_SIDECAR_", "EW_TEST_"];

    /// <summary>Whether a variable is one of them.</summary>
    public static bool Are(string variable) =>
        s_names.Contains(variable) || s_families.Any(family => variable.StartsWith(family, StringComparison.Ordinal));
}
