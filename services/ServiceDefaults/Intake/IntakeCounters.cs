namespace EarlyWarning.ServiceDefaults.Intake;

/// <summary>Counts what intake has answered since the start. Thread-safe.</summary>
public sealed class IntakeCounters
{
    private long _recorded;
    private long _duplicates;
    private long _rejected;
    private long _retried;
    private long _superseded;

    /// <summary>Gets the items answered RECORDED.</summary>
    public long Recorded => Volatile.Read(ref _recorded);

    /// <summary>Gets the items answered DUPLICATE.</summary>
    public long Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>Gets the items answered REJECTED.</summary>
    public long Rejected => Volatile.Read(ref _rejected);

    /// <summary>Gets the items answered RETRY.</summary>
    public long Retried => Volatile.Read(ref _retried);

    /// <summary>Gets the items answered SUPERSEDED.</summary>
    public long Superseded => Volatile.Read(ref _superseded);

    /// <summary>Adds what one request was answered; once a request, so that a batch costs five additions and not one an item.</summary>
    public void Add(int recorded, int duplicates, int rejected, int retried, int superseded)
    {
        Interlocked.Add(ref _recorded, recorded);
        Interlocked.Add(ref _duplicates, duplicates);
        Interlocked.Add(ref _rejected, rejected);
        Interlocked.Add(ref _retried, retried);
        Interlocked.Add(ref _superseded, superseded);
    }
}
