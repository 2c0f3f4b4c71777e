using System.Diagnostics;

namespace EarlyWarning.Store.Faults;

/// <summary>
/// Places where a durability test may kill the process: <c>EW_CRASH_AT=after-append:3</c> ends it as <c>kill -9</c> would, at the third
/// time that the point is reached. Without the variable a point costs one comparison.
/// </summary>
public static class CrashPoint
{
    /// <summary>Before an input is appended.</summary>
    public const string BeforeAppend = "before-append";

    /// <summary>After an input is durable and before anything is decided from it.</summary>
    public const string AfterAppend = "after-append";

    /// <summary>After a decision is durable and before it is published.</summary>
    public const string AfterDecide = "after-decide";

    /// <summary>After a decision is published and before that is marked.</summary>
    public const string AfterPublish = "after-publish";

    /// <summary>After the committer has written a group and before it commits.</summary>
    public const string BeforeCommit = "before-commit";

    /// <summary>After a group is on the disk and before anybody is told.</summary>
    public const string AfterCommit = "after-commit";

    /// <summary>After entries are written into a file of the archive and before that commits.</summary>
    public const string BeforeArchive = "before-archive";

    /// <summary>After entries are on the disk in the archive and before the store gives them up.</summary>
    public const string AfterArchive = "after-archive";

    private static readonly string? s_armed = Environment.GetEnvironmentVariable("EW_CRASH_AT")?.Split(':')[0];
    private static int s_left = int.TryParse(
        Environment.GetEnvironmentVariable("EW_CRASH_AT")?.Split(':') is [_, var n] ? n : "1",
        out var left
    )
        ? left
        : 1;

    /// <summary>Ends the process here where this point is armed and its turn has come.</summary>
    public static void Reach(string point)
    {
        if (s_armed is not null && s_armed == point && Interlocked.Decrement(ref s_left) == 0)
        {
            Process.GetCurrentProcess().Kill();
        }
    }
}
