using EarlyWarning.Driver.Activities;

namespace EarlyWarning.Driver.Scenarios;

/// <summary>Partners who report, in the ways in which they do.</summary>
internal static class IntakeScenarios
{
    private const string Observations = "observations";

    public static Scenario Steady { get; } =
        new(
            "steady",
            "One nation on an ordinary day: its four agencies report by themselves, some 2,000 observations a second in batches of 20.",
            [Stream("reports", OpenProfile.Inject(100), partners: 4, batch: 20)],
            [Limit.Kept("reports"), Limit.P99("reports", 100), Limit.NoneFails, Limit.Reconciled]
        )
        {
            Countries = 1,
        };

    public static Scenario Surge { get; } =
        new(
            "surge",
            "Forty nations report evenly; in one of them reports rise from 20 to 1,000 a second and fall again. The others must not feel "
                + "it.",
            [
                Stream("others", OpenProfile.Inject(40), partners: 39, batch: 20),
                new(
                    "surge",
                    Observations,
                    new OpenProfile([new(20, 20, 0.3), new(20, 1_000, 0.2), new(1_000, 1_000, 0.2), new(1_000, 20, 0.1), new(20, 20, 0.2)]),
                    bench => new UnaryActivity(bench with { Countries = [bench.Countries[^1]] }, "surge", 10)
                ),
            ],
            [
                Limit.Kept("others"),
                Limit.P99("others", 150),
                Limit.Kept("surge"),
                Limit.P99("surge", 250),
                Limit.NoneFails,
                Limit.Reconciled,
            ]
        )
        {
            Duration = TimeSpan.FromSeconds(40),
        };

    public static Scenario Throughput { get; } =
        new(
            "throughput",
            "Two aggregators stream all they have of forty nations, batches of 1,000, eight unanswered on each stream.",
            [Stream("batches", new ClosedProfile(16), partners: 2, batch: 1_000, sharing: true)],
            [Limit.Rate("batches", 100_000), Limit.P99("batches", 1_000), Limit.NoneFails, Limit.Reconciled]
        )
        {
            Warmup = TimeSpan.FromSeconds(10),
            BesideEcho = true,
        };

    public static Scenario Late { get; } =
        new(
            "late",
            "The same, where five observations of a hundred are older than the newest of their series.",
            [Stream("batches", new ClosedProfile(16), partners: 2, batch: 1_000, sharing: true, late: 5)],
            [Limit.Rate("batches", 50_000), Limit.NoneFails, Limit.Reconciled]
        );

    public static Scenario AllCountries { get; } =
        new(
            "all-countries",
            "Every country there is reports at once, each by a partner and a stream of its own, batches of 100, one unanswered on each.",
            [
                new("countries", Observations, new ClosedProfile(190), bench => new StreamActivity(
                    bench,
                    "countries",
                    Math.Min(190, bench.Countries.Count),
                    100
                )),
            ],
            [Limit.Rate("countries", 50_000), Limit.P99("countries", 2_000), Limit.NoneFails, Limit.Reconciled]
        )
        {
            Countries = 0,
        };

    public static Scenario SmallPartners { get; } =
        new(
            "small-partners",
            "Two hundred small partners report one observation a call, together 1,000 a second, each when it has one.",
            [new("unary", Observations, OpenProfile.Inject(1_000), bench => new UnaryActivity(bench, "unary", 200))],
            [Limit.Kept("unary"), Limit.P99("unary", 100), Limit.NoneFails, Limit.Reconciled]
        );

    public static Scenario Unary { get; } =
        new(
            "unary",
            "As many calls of one observation as the suite takes: 256 callers who never pause.",
            [new("unary", Observations, new ClosedProfile(256), bench => new UnaryActivity(bench, "unary", 256))],
            [Limit.Rate("unary", 2_000), Limit.P99("unary", 500), Limit.NoneFails, Limit.Reconciled]
        )
        {
            Warmup = TimeSpan.FromSeconds(15),
            BesideEcho = true,
        };

    public static Scenario SingleMessages { get; } =
        new(
            "single-messages",
            "One observation a message of a stream: eight streams, 32 unanswered on each.",
            [Stream("messages", new ClosedProfile(256), partners: 8, batch: 1)],
            [Limit.Rate("messages", 4_000), Limit.P99("messages", 500), Limit.NoneFails, Limit.Reconciled]
        )
        {
            Warmup = TimeSpan.FromSeconds(15),
            BesideEcho = true,
        };

    public static Scenario Capacity { get; } =
        new(
            "capacity",
            "Batches of 100 from forty nations at a rate that rises until the suite gives way; the report names where.",
            [Stream("batches", new OpenProfile([new(50, 2_500, 1)]), partners: 40, batch: 100)],
            [Limit.Rate("batches", 20_000), Limit.Reconciled]
        )
        {
            Duration = TimeSpan.FromSeconds(60),
            SeeksKnee = true,
        };

    public static Flow Stream(string name, Profile profile, int partners, int batch, bool sharing = false, int late = 0) =>
        new(name, Observations, profile, bench => new StreamActivity(bench, name, partners, batch, sharing, late));
}
