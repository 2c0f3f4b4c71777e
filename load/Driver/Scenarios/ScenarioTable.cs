namespace EarlyWarning.Driver.Scenarios;

/// <summary>All scenarios, as the command line knows them.</summary>
internal static class ScenarioTable
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        IntakeScenarios.Steady,
        IntakeScenarios.Surge,
        IntakeScenarios.AllCountries,
        IntakeScenarios.SmallPartners,
        IntakeScenarios.Unary,
        IntakeScenarios.SingleMessages,
        IntakeScenarios.Throughput,
        IntakeScenarios.Late,
        IntakeScenarios.Capacity,
        WarningScenarios.Mixed,
        WarningScenarios.Warning,
        WarningScenarios.Storm,
        WarningScenarios.Soak,
    ];

    /// <summary>The one of that name; <see langword="null"/> where there is none.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);

    public static void Write(TextWriter writer)
    {
        foreach (var scenario in All)
        {
            writer.WriteLine($"{scenario.Name, -16} {scenario.Says}");
        }
    }
}
