namespace EarlyWarning.Notification;

/// <summary>How recipients are found and told.</summary>
public sealed class NotificationOptions
{
    /// <summary>The directory file. Default: <c>directory.yaml</c> in the suite's data folder.</summary>
    public string DirectoryFile { get; set; } = "";

    /// <summary>How long one attempt may take. Default: 10 s.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the second attempt; each further one waits twice as long. Default: 1 s.</summary>
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts, also where the destination asks for a longer one. Default: 10 min.</summary>
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>For how long a message is tried on a channel before it is given up. Default: 7 days, which outlast a holiday.</summary>
    public TimeSpan Budget { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many attempts at one destination run at a time while it answers. Default: 8.</summary>
    public int ConcurrencyPerDestination { get; set; } = 8;

    /// <summary>How many attempts run at a time in all. Default: 256.</summary>
    public int Concurrency { get; set; } = 256;

    /// <summary>
    /// Whether webhooks go to public addresses alone, and none to loopback or a private network. Default: no, because the systems of an
    /// organisation that are told are mostly its own.
    /// </summary>
    public bool PublicWebhooksOnly { get; set; }

    /// <summary>Knows the ports on which the suite itself listens, to which no webhook of this machine goes. Default: none.</summary>
    public Func<int, bool> IsOwnPort { get; set; } = static _ => false;

    /// <summary>
    /// For how long an attempt under way keeps everybody else from its delivery; renewed while it is. After a crash that long passes.
    /// </summary>
    internal TimeSpan Lease => AttemptTimeout * 2;
}
