using EarlyWarning.Host.Options;
using EarlyWarning.Sidecar.Configuration;

namespace EarlyWarning.Host.Modules;

/// <summary>The files that daprd is given, and whatever stands in for it.</summary>
internal static class DaprFiles
{
    /// <summary>The folder of components and resiliency, as it ships with the suite.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "dapr");

    /// <summary>What stands in for daprd, as it is set.</summary>
    public static SidecarOptions Sidecar(SuiteOptions options) =>
        options.Settings.Sidecar is { ConfigurationFolder: "" } set ? set with { ConfigurationFolder = Folder } : options.Settings.Sidecar;
}
