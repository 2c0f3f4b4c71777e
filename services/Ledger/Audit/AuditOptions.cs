using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Ledger.Audit;

/// <summary>What the audit keeps, and how many rows calls that are refused may add to it.</summary>
public sealed class AuditOptions
{
    /// <summary>How long an entry is kept. 1 to 36,500 days, by default 400.</summary>
    [Browsable(false)]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How many kinds of refused calls are told apart at once: 60.</summary>
    [Range(1, 10_000)]
    public int KindsAtOnce { get; set; } = 60;

    /// <summary>How many more each minute: 6. So a flood that never ends adds some 13 rows a minute.</summary>
    [Range(1, 1_000)]
    public int KindsPerMinute { get; set; } = 6;

    /// <summary>How many entries wait in memory while the store takes none: 1,000. What exceeds them is counted.</summary>
    [Range(1, 100_000)]
    public int MostWaiting { get; set; } = 1_000;

    /// <summary>What is put on record of the start: how the suite was started.</summary>
    [Browsable(false)]
    public string Start { get; set; } = "Started.";
}
