using EarlyWarning.Host.Modules;

namespace EarlyWarning.Host.Cluster;

/// <summary>Which service a grain is of: that whose assembly has its class.</summary>
internal static class GrainServices
{
    private static readonly Dictionary<Type, string> s_classes = ModuleTable
        .All.SelectMany(module => (module.Grains?.GetTypes() ?? []).Where(IsGrain).Select(type => (type, module.Name)))
        .ToDictionary();

    private static readonly Dictionary<string, string> s_interfaces = s_classes
        .SelectMany(pair => pair.Key.GetInterfaces().Where(IsContract).Select(one => (one.FullName!, pair.Value)))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The grains of all services.</summary>
    public static IReadOnlyCollection<Type> Classes => s_classes.Keys;

    /// <summary>The name of the service whose class this is; <see langword="null"/> where it is Orleans' own.</summary>
    public static string? Of(Type type) => s_classes.GetValueOrDefault(type);

    /// <summary>
    /// The name of the service whose grain's interface a message has as a word; <see langword="null"/> where it has none.
    /// </summary>
    public static string? Named(string message) =>
        message.Split(' ').Select(word => s_interfaces.GetValueOrDefault(word)).FirstOrDefault(found => found is not null);

    private static bool IsGrain(Type type) =>
        type is { IsClass: true, IsAbstract: false }
        && typeof(IGrain).IsAssignableFrom(type)
        && !typeof(GrainReference).IsAssignableFrom(type);

    private static bool IsContract(Type type) =>
        typeof(IGrain).IsAssignableFrom(type) && type.Namespace?.StartsWith(nameof(EarlyWarning), StringComparison.Ordinal) == true;
}
