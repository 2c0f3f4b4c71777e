using EarlyWarning.Store.Faults;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>When and how processes are killed in one run.</summary>
/// <param name="Kills">How often the suite, or the store beside it, is killed.</param>
/// <param name="OutsideStore">The suite runs on PostgreSQL, which is killed too.</param>
/// <param name="Countries">How many countries are loaded.</param>
public sealed record KillPlan(int Kills, bool OutsideStore, int Countries)
{
    private static readonly string[] s_points =
    [
        CrashPoint.BeforeAppend,
        CrashPoint.AfterAppend,
        CrashPoint.AfterDecide,
        CrashPoint.AfterPublish,
        CrashPoint.BeforeCommit,
        CrashPoint.AfterCommit,
    ];

    /// <summary>The full form asks for more kills by <c>EW_TEST_KILLS=30</c>; the short one runs with every test run.</summary>
    public static KillPlan Of(bool outsideStore) =>
        new(int.TryParse(Environment.GetEnvironmentVariable("EW_TEST_KILLS"), out var kills) ? kills : 7, outsideStore, 12);

    /// <summary>The point at which the nth start is armed, or nothing for a kill at a random moment.</summary>
    public string? ArmedAt(int n, Random random) =>
        (n % 2) switch
        {
            0 => null,
            _ => $"{s_points[n / 2 % s_points.Length]}:{random.Next(1, 30)}",
        };
}
