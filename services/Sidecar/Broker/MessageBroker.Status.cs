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
                return _state.OldestWaiting is { } oldest
                    ? new(oldest.EventId, oldest.Topic, oldest.PublishedAt, [.. oldest.Waiting])
                    : null;
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

    void IDeadLetters.Forget(string eventId)
    {
        lock (_lock)
        {
            foreach (var dead in _state.DeadLettersOf(eventId))
            {
                SettleSoon(new() { Sequence = dead.Sequence });
            }
        }
    }
}
