using EarlyWarning.Sidecar.Journal;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Sidecar.Broker;

/// <content>What an app does not handle.</content>
internal sealed partial class MessageBroker
{
    /// <summary>Moves a delivery to the dead letters, in one append.</summary>
    public void MoveToDeadLetters(BrokerMessage message, string appId, string deadLetterTopic, string reason, int attempts)
    {
        var record = new Published
        {
            Pubsub = message.PubSub,
            Topic = deadLetterTopic,
            Event = message.Event,
            PublishedTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow()),
            DeadLettered = new()
            {
                Topic = message.Topic,
                AppId = appId,
                Reason = reason,
                Attempts = attempts,
            },
        };
        _operations.Writer.TryWrite(
            new(
                entry =>
                {
                    if (IsWaiting(message.Sequence, appId))
                    {
                        AddTo(entry, record, Audience(message.PubSub, deadLetterTopic));
                        entry.Settled.Add(new Settled { Sequence = message.Sequence, AppId = appId });
                        if (_state.DeadLetterOf(message.EventId, appId) is { } earlier)
                        {
                            entry.Settled.Add(new Settled { Sequence = earlier.Sequence });
                        }

                        DiscardOldestDeadLetters(entry);
                    }
                },
                message.Event.Length,
                Again: true
            )
        );
    }

    private void DiscardOldestDeadLetters(Entry entry)
    {
        if (_state.DeadLetters.Count >= _options.MaxDeadLetters && _state.DeadLetters.First() is var oldest)
        {
            _logger.DeadLetterDiscarded(oldest.EventId, oldest.DeadLettered!.Topic, _options.MaxDeadLetters);
            entry.Settled.Add(new Settled { Sequence = oldest.Sequence });
        }
    }
}
