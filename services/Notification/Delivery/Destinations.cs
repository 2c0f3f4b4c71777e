using System.Collections.Concurrent;

namespace EarlyWarning.Notification.Delivery;

/// <summary>How each destination is doing, and how many attempts it has at a time. Thread-safe.</summary>
internal sealed class Destinations(NotificationOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Destination> _all = new(StringComparer.Ordinal);

    /// <summary>Those whose last attempt failed.</summary>
    public IReadOnlyList<Destination> Failing => [.. _all.Values.Where(d => d.FailingSince is not null).OrderBy(d => d.FailingSince)];

    public int Count => _all.Count;

    /// <summary>Waits for one of the destination's places.</summary>
    public async Task<Place> EnterAsync(string destination, CancellationToken cancellationToken)
    {
        var place = _all.GetOrAdd(destination, static (name, places) => new(name, places), options.ConcurrencyPerDestination);
        await place.Places.WaitAsync(cancellationToken);
        return new(place, time);
    }

    /// <summary>A destination's place, held for one attempt.</summary>
    internal sealed class Place(Destination destination, TimeProvider time) : IDisposable
    {
        public void Report(AttemptOutcome outcome)
        {
            if (outcome.Delivered)
            {
                (destination.FailingSince, destination.LastError) = (null, "");
            }
            else
            {
                destination.LastError = outcome.Detail;
                destination.FailingSince ??= time.GetUtcNow();
            }
        }

        public void Dispose() => destination.Places.Release();
    }

    /// <summary>A destination, as shown.</summary>
    internal sealed class Destination(string name, int places)
    {
        public string Name { get; } = name;

        public SemaphoreSlim Places { get; } = new(places);

        public DateTimeOffset? FailingSince { get; set; }

        public string LastError { get; set; } = "";
    }
}
