using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Broker;
using EarlyWarning.Sidecar.Journal;
using Grpc.Core;

namespace EarlyWarning.Sidecar.Delivery;

/// <content>Finds out whether the app is there and what it subscribes to.</content>
internal sealed partial class AppDelivery
{
    /// <summary>
    /// How often nobody's port is tried: an app that starts beside the sidecar should not wait for a whole probe interval, and a port on which nobody
    /// listens costs little.
    /// </summary>
    private static readonly TimeSpan s_untilSomebodyAnswers = TimeSpan.FromMilliseconds(100);

    private readonly Queue<PendingDelivery> _parked = new();

    private async Task ProbeAsync()
    {
        var impatience = _probeInterval < s_untilSomebodyAnswers ? _probeInterval : s_untilSomebodyAnswers;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var answered = IsUp ? await _channel.AnswersAsync(_stopping.Token) : await DiscoverAsync();
                if (IsUp && !answered && !_stopping.IsCancellationRequested)
                {
                    _lines.Open = false;
                    _logger.AppGone(_app.AppId, _app.AppPort);
                }

                // A delivery that finds the app gone does not wait for the interval to end.
                await _lost.WaitAsync(answered ? _probeInterval : impatience, _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Asks for the subscriptions and registers them; says whether somebody answered.</summary>
    private async Task<bool> DiscoverAsync()
    {
        try
        {
            var listed = await _channel.ListSubscriptionsAsync(_stopping.Token);
            var subscribed = Permitted(listed);
            await _broker.SubscribeAsync(subscribed);
            Registered = subscribed;
            _lines.Open = true;
            Unpark();
            Pump();
            _logger.AppUp(_app.AppId, _app.AppPort, string.Join(", ", subscribed.Subscriptions.Select(subscription => subscription.Topic)));
            return true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unimplemented)
        {
            _logger.NoSubscriber(_app.AppId, _app.AppPort);
            return true;
        }
        catch (RpcException)
        {
            return false;
        }
        catch (PublishRefusedException)
        {
            // The broker cannot take the subscriptions now.
            return true;
        }
    }

    /// <summary>Leaves out, with an error in the log, what the scopes forbid or the local sidecar does not do; readiness then misses it.</summary>
    private Subscribed Permitted(ListTopicSubscriptionsResponse listed)
    {
        var subscribed = new Subscribed { AppId = _app.AppId };
        foreach (var asked in listed.Subscriptions)
        {
            if (Objection(asked) is { } objection)
            {
                _logger.SubscriptionRefused(_app.AppId, asked.Topic, asked.PubsubName, objection);
                continue;
            }

            subscribed.Subscriptions.Add(new Subscription
            {
                Pubsub = asked.PubsubName,
                Topic = asked.Topic,
                DeadLetterTopic = asked.DeadLetterTopic,
                Path = asked.Routes?.Default ?? "",
            });
        }

        return subscribed;
    }

    private string? Objection(TopicSubscription asked)
    {
        if (_configuration.Find(asked.PubsubName, _app.AppId) is not { } component)
        {
            return "there is no such pub/sub component for this app";
        }

        if (!component.Topics.MaySubscribe(_app.AppId, asked.Topic))
        {
            return "the component's scopes do not let this app subscribe to the topic";
        }

        if (asked.DeadLetterTopic.Length > 0 && !component.Topics.MayPublish(_app.AppId, asked.DeadLetterTopic))
        {
            return $"the component's scopes do not let this app publish to its dead-letter topic {asked.DeadLetterTopic}, and daprd would lose what it cannot handle";
        }

        if (asked.BulkSubscribe is { Enabled: true })
        {
            return "bulk subscriptions are not supported by the local sidecar";
        }

        if (asked.Routes is { Rules.Count: > 0 })
        {
            return "routing rules are not supported by the local sidecar";
        }

        return asked.Metadata.Count > 0 ? $"the subscription's metadata {asked.Metadata.Keys.First()} is not supported by the local sidecar" : null;
    }

    /// <summary>A message on a topic that the app no longer subscribes to waits until it does again.</summary>
    private void Park(PendingDelivery delivery)
    {
        lock (_parked)
        {
            _parked.Enqueue(delivery);
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
