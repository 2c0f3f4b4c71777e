using EarlyWarning.Host.Modules;

namespace EarlyWarning.Host.Cluster;

/// <summary>Which service a grain is of: that of its assembly.</summary>
internal static class GrainServices
{
    private static readonly Dictionary<string, string> s_services = ModuleTable.All
        .ToDictionary(module => $"{nameof(EarlyWarning)}.{module.Name}", module => module.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the service whose class this is; <see langword="null"/> where it is Orleans' own.</summary>
    public static string? Of(Type type) => s_services.GetValueOrDefault(type.Assembly.GetName().Name ?? "");
}
