namespace EarlyWarning.Host.Modules;

/// <summary>The services that there are to compose a suite from.</summary>
internal static class ModuleTable
{
    /// <summary>Gets every service, each after those that it needs: the order in which they are added and started.</summary>
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
}
