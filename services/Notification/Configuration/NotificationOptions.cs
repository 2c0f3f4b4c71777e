using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Notification.Configuration;

/// <summary>How recipients are found and told.</summary>
public sealed class NotificationOptions
{
    /// <summary>The directory file. Default: <c>directory.yaml</c> in the suite's data folder.</summary>
    [Browsable(false)]
    public string DirectoryFile { get; set; } = "";

    /// <summary>How long one attempt may take. 100 ms to 5 min. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the second attempt; each further one waits twice as long. 10 ms to 1 h. Default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest wait between two attempts, also where the destination asks for a longer one. 10 ms to 1 day. Default: 10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// For how long a message is tried on a channel before it is given up. 1 s to 365 days. Default: 7 days, which outlast a holiday.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan Budget { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many attempts at one destination run at a time while it answers. 1 to 1,000. Default: 8.</summary>
    [Range(1, 1_000)]
    public int ConcurrencyPerDestination { get; set; } = 8;

    /// <summary>How many attempts run at a time in all. 1 to 10,000. Default: 256.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 256;

    /// <summary>
    /// Whether webhooks go to public addresses alone, and none to loopback or a private network. Default: no, because the systems of an
    /// organisation that are told are mostly its own.
    /// </summary>
    [Browsable(false)]
    public bool PublicWebhooksOnly { get; set; }

    /// <summary>Knows the ports on which the suite itself listens, to which no webhook of this machine goes. Default: none.</summary>
    [Browsable(false)]
    public Func<int, bool> IsOwnPort { get; set; } = static _ => false;

    /// <summary>
    /// For how long an attempt under way keeps everybody else from its delivery; renewed while it is. After a crash that long passes.
    /// </summary>
    internal TimeSpan Lease => AttemptTimeout * 2;
}
