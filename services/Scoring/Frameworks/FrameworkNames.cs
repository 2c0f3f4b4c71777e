using System.Globalization;

namespace EarlyWarning.Scoring.Frameworks;

/// <summary>Resource names.</summary>
internal static class FrameworkNames
{
    public static string Framework(string id) => $"frameworks/{id}";

    public static string Version(string id, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"frameworks/{id}/versions/{version}");
}
