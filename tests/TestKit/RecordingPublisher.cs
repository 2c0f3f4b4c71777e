using System.Collections.Concurrent;
using EarlyWarning.Messaging;

namespace EarlyWarning.TestKit;

/// <summary>A broker in memory that keeps what is published, and is down where a test says so.</summary>
public sealed class RecordingPublisher : IEventPublisher
{
    private readonly ConcurrentQueue<DomainEvent> _events = new();
    private volatile bool _down;
    private int _attempts;

    public IReadOnlyList<DomainEvent> Events => [.. _events];

    public bool IsDown
    {
        get => _down;
        set => _down = value;
    }

    /// <summary>How often something was to be published, whatever came of it.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    public Task PublishAsync(DomainEvent domainEvent, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        if (_down)
        {
            throw new PublishFailedException("The broker is down.");
        }

        _events.Enqueue(domainEvent);
        return Task.CompletedTask;
    }
}
