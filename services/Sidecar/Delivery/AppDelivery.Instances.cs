using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Journal;

namespace EarlyWarning.Sidecar.Delivery;

/// <content>The processes of the app, and which of them gets a message.</content>
internal sealed partial class AppDelivery
{
    private readonly Queue<PendingDelivery> _parked = new();

    /// <summary>Joins and leaves come one after the other.</summary>
    private readonly SemaphoreSlim _joining = new(1, 1);
    private long _turn;

    /// <summary>
    /// What the app subscribes to and may, as its processes that answer say; <see langword="null"/> before one has answered.
    /// </summary>
    public Subscribed? Registered { get; private set; }

    /// <summary>Whether one of the app's processes answers.</summary>
    public bool IsUp => _instances.Any(instance => instance.IsUp);

    private async Task JoinAsync(AppInstance instance, ListTopicSubscriptionsResponse listed)
    {
        await _joining.WaitAsync(_stopping.Token);
        try
        {
            var own = PermittedSubscriptions.Of(_app.AppId, listed, _configuration, _logger);
            var all = Together(own, _instances.Where(other => other != instance && other.IsUp));
            await _broker.SubscribeAsync(all);
            (instance.Registered, Registered) = (own, all);
            instance.Open();
            Count();
            Unpark();
            Pump();
            _logger.AppUp(_app.AppId, instance.Port, string.Join(", ", own.Subscriptions.Select(subscription => subscription.Topic)));
        }
        finally
        {
            _joining.Release();
        }
    }

    /// <summary>While builds change, processes of one app may differ in what they ask for: the app gets what any of them takes.</summary>
    private static Subscribed Together(Subscribed own, IEnumerable<AppInstance> others)
    {
        var all = own.Clone();
        all.Subscriptions.Add(
            others
                .SelectMany(other => other.Registered?.Subscriptions ?? [])
                .Where(theirs => !all.Subscriptions.Any(ours => ours.Pubsub == theirs.Pubsub && ours.Topic == theirs.Topic))
                .DistinctBy(theirs => (theirs.Pubsub, theirs.Topic))
                .ToList()
        );
        return all;
    }

    /// <summary>As with daprd, of which each process of an app has its own, the component's limit is one process's.</summary>
    private void Count()
    {
        lock (_instances)
        {
            _lines.Concurrency = _concurrency * _instances.Count(instance => instance.IsUp);
        }
    }

    /// <summary>
    /// Chooses who gets a message: of those who answer and take its topic, one who has not failed it last, with the least to do, whose turn
    /// is longest ago.
    /// </summary>
    private AppInstance? Choose(PendingDelivery delivery)
    {
        lock (_instances)
        {
            var chosen = _instances
                .Where(instance => instance.IsUp && instance.Subscription(delivery.Message) is not null)
                .MinBy(instance => (instance == delivery.FailedAt, instance.UnderWay, instance.Turn));
            if (chosen is not null)
            {
                chosen.Turn = ++_turn;
                chosen.Begin();
            }

            return chosen;
        }
    }

    /// <summary>A message on a topic that no process of the app subscribes to any more waits until one does again.</summary>
    private void Park(PendingDelivery delivery)
    {
        lock (_parked)
        {
            _parked.Enqueue(delivery);
        }

        // One that takes it may have joined since it was looked for.
        if (_instances.Any(instance => instance.IsUp && instance.Subscription(delivery.Message) is not null))
        {
            Unpark();
        }
    }

    private void Unpark()
    {
        lock (_parked)
        {
            while (_parked.TryDequeue(out var delivery))
            {
                _lines.Add(delivery);
            }
        }
    }
}
