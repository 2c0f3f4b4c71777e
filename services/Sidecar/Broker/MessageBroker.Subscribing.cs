using EarlyWarning.Sidecar.Journal;

namespace EarlyWarning.Sidecar.Broker;

/// <content>Who gets what is published.</content>
internal sealed partial class MessageBroker
{
    /// <summary>
    /// Keeps what an app subscribes to. The first time, messages that were held for it in case, on topics that it turns out not to want,
    /// are let go.
    /// </summary>
    public Task SubscribeAsync(Subscribed subscribed)
    {
        lock (_lock)
        {
            if (subscribed.Equals(_state.Subscriptions(subscribed.AppId)))
            {
                return Task.CompletedTask;
            }
        }

        return Post(
            new(
                entry =>
                {
                    if (_state.Subscriptions(subscribed.AppId) is null)
                    {
                        entry.Settled.Add(
                            _state
                                .Messages.Where(message =>
                                    message.Waiting.Contains(subscribed.AppId)
                                    && !subscribed.Subscriptions.Any(subscription =>
                                        subscription.Pubsub == message.PubSub && subscription.Topic == message.Topic
                                    )
                                )
                                .Select(message => new Settled { Sequence = message.Sequence, AppId = subscribed.AppId })
                                .Take(MaxBatchBytes / 32)
                        );
                    }

                    entry.Subscribed.Add(subscribed);
                },
                0,
                Alone: true
            )
        );
    }

    private IEnumerable<string> Audience(string pubSub, string topic) =>
        _options
            .Apps.Select(app => app.AppId)
            .Where(appId =>
                _state.Subscriptions(appId) is { } subscribed
                    ? subscribed.Subscriptions.Any(subscription => subscription.Pubsub == pubSub && subscription.Topic == topic)
                    : _mayStillSubscribe(pubSub, topic).Contains(appId)
            );
}
