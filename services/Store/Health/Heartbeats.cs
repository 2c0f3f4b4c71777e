namespace EarlyWarning.Store.Health;

/// <summary>The loops without which a process is of no use. Thread-safe.</summary>
public sealed class Heartbeats(TimeProvider time)
{
    /// <summary>
    /// Longer than any wait of a loop, the store's included: whatever is silent for that long does not come back by itself.
    /// </summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly List<Heartbeat> _all = [];

    /// <summary>The loops, in the order in which they began.</summary>
    public IReadOnlyList<Heartbeat> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>A loop begins.</summary>
    /// <param name="name">What it does, for an operator.</param>
    /// <param name="bound">How long one round of it may take; by default two minutes.</param>
    public Heartbeat Begin(string name, TimeSpan? bound = null)
    {
        Heartbeat heartbeat = new(name, bound ?? s_bound, time);
        lock (_gate)
        {
            _all.Add(heartbeat);
        }

        return heartbeat;
    }
}

/// <summary>A loop that shows with each round that it goes on. Thread-safe.</summary>
public sealed class Heartbeat
{
    private readonly TimeSpan _bound;
    private readonly TimeProvider _time;
    private long _last;

    internal Heartbeat(string name, TimeSpan bound, TimeProvider time) =>
        (Name, _bound, _time, _last) = (name, bound, time, time.GetTimestamp());

    /// <summary>What the loop does.</summary>
    public string Name { get; }

    /// <summary>How long it has shown nothing.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Volatile.Read(ref _last));

    /// <summary>Whether it has died or hangs, as far as can be seen: no round takes that long.</summary>
    public bool IsStalled => Silence > _bound;

    /// <summary>The loop goes on.</summary>
    public void Beat() => Volatile.Write(ref _last, _time.GetTimestamp());
}
