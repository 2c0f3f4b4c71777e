using EarlyWarning.Store.Due;
using EarlyWarning.Store.Health;

namespace EarlyWarning.Messaging.Outbox;

/// <summary>
/// Which app ids this process publishes for: of all that run one, that which holds its lease. Used by the dispatcher alone.
/// </summary>
internal sealed class PublishingLeases(IDueTimes leases, OutboxApps apps, IStoreHealth health, TimeProvider time)
{
    private const string Lease = "outbox-";
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(10);

    private readonly string _holder = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, long> _leased = new(StringComparer.Ordinal);

    /// <summary>Renews the leases, and gives the app ids whose lease this process holds; none while the store is quiet.</summary>
    public async Task<List<string>> HoldAsync(CancellationToken cancellationToken)
    {
        List<string> held = [];
        if (health.Quiet.Length > 0)
        {
            return held;
        }

        foreach (var app in apps.Ids)
        {
            var now = time.GetTimestamp();
            if (_leased.TryGetValue(app, out var at) && time.GetElapsedTime(at, now) < s_lease / 3)
            {
                held.Add(app);
            }
            else if (await leases.LeaseAsync(Lease + app, _holder, s_lease, cancellationToken))
            {
                _leased[app] = now;
                held.Add(app);
            }
            else
            {
                _leased.Remove(app);
            }
        }

        return held;
    }
}
