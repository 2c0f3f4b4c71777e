namespace EarlyWarning.Risk.Explaining;

/// <summary>The resource names of what this service says.</summary>
internal static class ResourceNames
{
    /// <summary>Starts the name of a breach.</summary>
    public const string Breaches = "breaches/";

    public static string Risk(string framework, string country) => $"frameworks/{framework}/risks/{country}";

    public static string Version(string framework, int version) => $"frameworks/{framework}/versions/{version}";
}
