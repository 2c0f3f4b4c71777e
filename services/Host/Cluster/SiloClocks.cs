namespace EarlyWarning.Host.Cluster;

/// <summary>
/// The two clocks of this machine by which Orleans dates and judges signs of life, and the store's, which all processes share. Orleans
/// takes the system's for the one and the membership's for the other, and the two part where the system's is set. Thread-safe.
/// </summary>
/// <param name="system">The system's wall clock.</param>
/// <param name="steady">The one of the membership, which nobody can set.</param>
internal sealed class SiloClocks(TimeProvider system, TimeProvider steady)
{
    /// <summary>A reading is no more exact than this: by so little clocks are not set off against each other.</summary>
    private static readonly TimeSpan s_exact = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private TimeSpan _systemLead;
    private TimeSpan _steadyLead;

    /// <summary>The steady clock's time.</summary>
    public DateTime Steady => steady.GetUtcNow().UtcDateTime;

    /// <summary>Compares both with the store's clock.</summary>
    /// <param name="asked">The steady clock's time before the store was asked.</param>
    /// <param name="said">What it said, some time between then and now.</param>
    public void Hear(DateTime asked, long said)
    {
        var now = Steady;
        var (lead, apart) = (new TimeSpan(((asked.Ticks + now.Ticks) / 2) - said), system.GetUtcNow().UtcDateTime - now);
        lock (_gate)
        {
            _steadyLead = Exact(_steadyLead, lead);
            _systemLead = Exact(_systemLead, lead + apart);
        }
    }

    /// <summary>
    /// Gives the store's ticks of a moment that Orleans has dated by either clock: by the one that makes it the nearest to now.
    /// </summary>
    public long ToStore(DateTime time)
    {
        var (bySystem, bySteady, now) = Leads();
        var (one, other) = (time.Ticks - bySystem.Ticks, time.Ticks - bySteady.Ticks);
        return Math.Max(0, Math.Abs(now - one) <= Math.Abs(now - other) ? one : other);
    }

    /// <summary>
    /// Gives a moment of the store as one of these clocks, so that what counts still does by both, and what no longer does by neither.
    /// </summary>
    /// <param name="ticks">The moment.</param>
    /// <param name="counts">For how long it counts.</param>
    public DateTime FromStore(long ticks, TimeSpan counts)
    {
        var (bySystem, bySteady, now) = Leads();
        var lead =
            (bySystem - bySteady).Duration() <= s_exact ? bySystem
            : (now - ticks <= counts.Ticks) == (bySystem > bySteady) ? bySystem
            : bySteady;
        return new(Math.Clamp(ticks + lead.Ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
    }

    /// <summary>Gives the store's ticks of a moment of the steady clock.</summary>
    public long FromSteady(DateTime time) => time.Ticks - Leads().Steady.Ticks;

    private (TimeSpan System, TimeSpan Steady, long Now) Leads()
    {
        lock (_gate)
        {
            return (_systemLead, _steadyLead, Steady.Ticks - _steadyLead.Ticks);
        }
    }

    private static TimeSpan Exact(TimeSpan known, TimeSpan measured) => (measured - known).Duration() > s_exact ? measured : known;
}
