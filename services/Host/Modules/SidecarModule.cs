using EarlyWarning.Host.Options;
using EarlyWarning.Sidecar;
using EarlyWarning.Sidecar.Configuration;

namespace EarlyWarning.Host.Modules;

/// <summary>
/// What carries events between the processes of a suite on one machine without daprd: in a process of its own, because it serves Dapr's API
/// for every app id and outlives the apps. A suite that is one process has it within.
/// </summary>
internal static class SidecarModule
{
    /// <summary>
    /// Names other app ids than the suite's, separated by commas, to be served in their place: for whoever tries the sidecar itself.
    /// </summary>
    public const string AppsVariable = "EW_SIDECAR_APPS";

    /// <summary>Names another folder of components and resiliency than the one that ships.</summary>
    public const string FilesVariable = "EW_SIDECAR_FILES";

    public static Module Module { get; } =
        new(
            ServiceNames.Sidecar,
            Add: suite =>
                suite.Services.AddSidecar(
                    new()
                    {
                        ConfigurationFolder = Given(FilesVariable) ?? DaprFiles.Folder,
                        Apps = SidecarEnvironment.Read(
                            Given(AppsVariable)?.Split(',', StringSplitOptions.TrimEntries).Select(id => (id, true)) ?? Own()
                        ),
                    }
                ),
            Map: _ => { }
        )
        {
            ReadyBy = [SidecarServices.Check],
        };

    private static IEnumerable<(string AppId, bool Subscribes)> Own() =>
        from module in ModuleTable.All
        where module.AppId is not null
        select (module.AppId, module.Subscribes);

    private static string? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
