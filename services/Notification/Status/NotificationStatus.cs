using EarlyWarning.Notification.Dispatching;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Notification.Status;

/// <summary>What this service owes, in lines and gauges.</summary>
internal sealed class NotificationStatus(OwedReader owed, Destinations destinations, TimeProvider time) : IStatusSource
{
    public string Name => "notification";

    public V1.Heading Heading => V1.Heading.Path;

    public IReadOnlyList<Gauge> Gauges => OwedGauges.All;

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await owed.ReadAsync(cancellationToken);
        var (failing, now) = (destinations.Failing, time.GetUtcNow());
        return new(OwedStatus.Lines(read, failing, now), OwedGauges.Of(read, failing.Count, now));
    }
}
