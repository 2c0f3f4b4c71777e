using EarlyWarning.Driver.Activities;

namespace EarlyWarning.Driver.Scenarios;

/// <summary>Warnings on their way, and readers beside writers.</summary>
internal static class WarningScenarios
{
    public static Scenario Warning { get; } =
        new(
            "warning",
            "The way of a warning on an idle suite: an observation fires a threshold, and its recipient's webhook is awaited; one by one.",
            [Warnings("warnings", new ClosedProfile(1, TimeSpan.FromMilliseconds(20)))],
            [Limit.P99("warnings", 100), Limit.NoneFails, Limit.Reconciled]
        )
        {
            Countries = 1,
        };

    public static Scenario Storm { get; } =
        new(
            "storm",
            "A storm of breaches: forty in every second begin to fire somewhere, each is told by webhook and resolved again.",
            [Warnings("warnings", OpenProfile.Inject(40)), Watchers("watchers", 5)],
            [Limit.Kept("warnings"), Limit.P99("warnings", 1_000), Limit.NoneFails, Limit.Reconciled]
        )
        {
            Countries = 0,
        };

    public static Scenario Mixed { get; } =
        new(
            "mixed",
            "Readers and watchers beside writers: 5,000 observations a second, 100 questions for a risk and 5 for the ranking, 20 watches.",
            Everyday(scale: 1),
            [
                Limit.Kept("reports"),
                Limit.P99("reports", 150),
                Limit.P99("risks", 100),
                Limit.P99("ranking", 250),
                Limit.NoneFails,
                Limit.Reconciled,
            ]
        );

    public static Scenario Soak { get; } =
        new(
            "soak",
            "Half an hour of an ordinary day at half its load, with a warning now and then: what grows?",
            [.. Everyday(scale: 0.5), Warnings("warnings", OpenProfile.Inject(0.5))],
            [
                Limit.Kept("reports"),
                Limit.P99("reports", 150),
                Limit.P99("warnings", 500),
                Limit.MemorySlope(200),
                Limit.DiskSlope(300),
                Limit.NoneFails,
                Limit.Reconciled,
            ]
        )
        {
            Warmup = TimeSpan.FromSeconds(60),
            Duration = TimeSpan.FromMinutes(30),
        };

    private static IReadOnlyList<Flow> Everyday(double scale) =>
        [
            IntakeScenarios.Stream("reports", OpenProfile.Inject(100).Scale(scale), partners: 40, batch: 50),
            new("risks", "answers", OpenProfile.Inject(100).Scale(scale), bench => new ReadActivity(bench, ranking: false)),
            new("ranking", "answers", OpenProfile.Inject(5).Scale(scale), bench => new ReadActivity(bench, ranking: true)),
            new("risk watches", "changes", new ClosedProfile(10).Scale(scale), bench => new RiskWatchActivity(bench)) { Waits = true },
            Watchers("breach watches", (int)(10 * scale)),
        ];

    private static Flow Warnings(string name, Profile profile) => new(name, "warnings", profile, bench => new WarningActivity(bench));

    private static Flow Watchers(string name, int copies) =>
        new(name, "changes", new ClosedProfile(copies), bench => new BreachWatchActivity(bench)) { Waits = true };
}
