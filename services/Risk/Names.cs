namespace EarlyWarning.Risk;

/// <summary>Resource names and the names of journals.</summary>
internal static class Names
{
    public const string Frameworks = "frameworks/";
    public const string Breaches = "breaches/";
    public const string JournalPrefix = "risk/";
    public const string DueQueue = "risk";

    public static string Journal(string country) => JournalPrefix + country;

    public static string Risk(string framework, string country) => $"frameworks/{framework}/risks/{country}";

    public static string Version(string framework, int version) => $"frameworks/{framework}/versions/{version}";
}
