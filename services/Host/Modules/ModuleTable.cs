using EarlyWarning.Host.Options;

namespace EarlyWarning.Host.Modules;

/// <summary>The services that there are to compose a suite from.</summary>
internal static class ModuleTable
{
    /// <summary>Gets every service, in the order in which they are added and started.</summary>
    public static IReadOnlyList<Module> All { get; } =
    [
        IndicatorsModule.Module,
        RiskModule.Module,
        ScoringModule.Module,
        NotificationModule.Module,
        EscalationModule.Module,
        LedgerModule.Module,
        BoardModule.Module,
    ];

    /// <summary>Gets what runs beside the services of a suite of several processes, where it is named.</summary>
    public static IReadOnlyList<Module> Beside { get; } = [SidecarModule.Module];

    /// <summary>Gets the services that run in a process.</summary>
    public static IReadOnlyList<Module> Of(SuiteOptions options) =>
        [.. All.Concat(Beside).Where(module => options.Services.Contains(module.Name))];

    /// <summary>Gets those that do not.</summary>
    public static IReadOnlyList<Module> Without(SuiteOptions options) => [.. All.Where(module => !options.Services.Contains(module.Name))];
}
