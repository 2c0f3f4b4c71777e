using System.Diagnostics.Metrics;
using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Store;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Notification.Status;

/// <summary>Shows what is owed as gauges. They are read every few seconds, because a gauge cannot wait for the store.</summary>
internal sealed class OwedMeter : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);

    private readonly OwedReader _reader;
    private readonly Destinations _destinations;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private Owed? _owed;

    public OwedMeter(OwedReader reader, Destinations destinations, TimeProvider time, IMeterFactory meters)
    {
        (_reader, _destinations, _time, _meter) = (reader, destinations, time, meters.Create(Meters.Name));
        _meter.CreateObservableGauge("earlywarning.notifications.waiting", Waiting, "{message}", "Messages that wait, by channel.");
        _meter.CreateObservableGauge("earlywarning.notifications.oldest", Oldest, "s", "Age of the oldest message that waits, by channel.");
        Gauge("earlywarning.notifications.given_up", "{message}", "Messages that were given up and nobody has.", owed => owed.GivenUp);
        Gauge(
            "earlywarning.notifications.given_up_on_one", "{message}", "Messages that were given up on one channel, and are there by another.",
            owed => owed.GivenUpOnOne);
        Gauge("earlywarning.notifications.unaddressed", "{message}", "Messages that the directory names nobody for.", owed => owed.Unaddressed);
        Gauge("earlywarning.channels.resting", "{channel}", "Channels that rest because the other side said that they are no more.", owed => owed.Resting.Count);
        _meter.CreateObservableGauge("earlywarning.channels.closed", () => _destinations.Failing.Count, "{channel}", "Channels whose last attempt failed.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, _time);
        do
        {
            try
            {
                Volatile.Write(ref _owed, await _reader.ReadAsync(stoppingToken));
            }
            catch (StoreUnavailableException)
            {
                // The store's own line says so; an old figure would say what nobody knows.
                Volatile.Write(ref _owed, null);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Gauge(string name, string unit, string description, Func<Owed, long> value) => _meter.CreateObservableGauge(
        name, () => Volatile.Read(ref _owed) is { } owed ? [new Measurement<long>(value(owed))] : Array.Empty<Measurement<long>>(), unit, description);

    private IEnumerable<Measurement<long>> Waiting() =>
        (Volatile.Read(ref _owed)?.Waiting ?? []).Select(one => new Measurement<long>(one.Count, Tags(one)));

    private IEnumerable<Measurement<double>> Oldest()
    {
        var now = _time.GetUtcNow();
        return (Volatile.Read(ref _owed)?.Waiting ?? []).Select(one => new Measurement<double>((now - one.Oldest).TotalSeconds, Tags(one)));
    }

    private static KeyValuePair<string, object?>[] Tags(WaitingMessages one) => [new("recipient", one.Key.Recipient), new("channel", one.Key.Channel)];
}
