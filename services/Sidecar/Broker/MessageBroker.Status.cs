using EarlyWarning.Sidecar.Journal;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Sidecar.Broker;

/// <content>What an operator sees and does.</content>
internal sealed partial class MessageBroker : IDeadLetters, IUndelivered
{
    int IDeadLetters.Count
    {
        get
        {
            lock (_lock)
            {
                return _state.DeadLetters.Count;
            }
        }
    }

    int IUndelivered.Count
    {
        get
        {
            lock (_lock)
            {
                return _state.WaitingCount;
            }
        }
    }

    UndeliveredMessage? IUndelivered.Oldest
    {
        get
        {
            lock (_lock)
            {
                return _state.OldestWaiting is { } oldest ? new(oldest.EventId, oldest.Topic, oldest.PublishedAt, [.. oldest.Waiting]) : null;
            }
        }
    }

    IReadOnlyList<DeadLetter> IDeadLetters.List(int limit)
    {
        lock (_lock)
        {
            return [.. _state.DeadLetters.Take(limit).Select(message => message.ToDeadLetter())];
        }
    }

    async Task<bool> IDeadLetters.RedeliverAsync(long sequence, CancellationToken cancellationToken)
    {
        var found = false;
        await Post(new(
            entry =>
            {
                if (_state.Find(sequence) is { DeadLettered: { } dead } message)
                {
                    found = true;
                    var record = message.ToRecord();
                    (record.Topic, record.DeadLettered, record.PublishedTime) = (dead.Topic, null, Timestamp.FromDateTimeOffset(_time.GetUtcNow()));
                    AddTo(entry, record, [dead.AppId]);
                    entry.Settled.Add(new Settled { Sequence = sequence });
                }
            },
            0,
            Alone: true)).WaitAsync(cancellationToken);
        return found;
    }
}
