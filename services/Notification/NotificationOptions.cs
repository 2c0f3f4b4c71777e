namespace EarlyWarning.Notification;

/// <summary>How recipients are found and told.</summary>
public sealed class NotificationOptions
{
    /// <summary>The directory file. Default: <c>directory.yaml</c> in the suite's data folder.</summary>
    public string DirectoryFile { get; set; } = "";

    /// <summary>How long one attempt at a webhook may take. Default: 10 s.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the second attempt; each further one waits twice as long. Default: 1 s.</summary>
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts, unless the destination asks for a longer one. Default: 10 min.</summary>
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>For how long a webhook is tried before it is given up. Default: 24 h, which outlasts a night.</summary>
    public TimeSpan Budget { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many attempts at one destination run at a time; the rest wait, without holding up other destinations. Default: 8.</summary>
    public int ConcurrencyPerDestination { get; set; } = 8;
}
