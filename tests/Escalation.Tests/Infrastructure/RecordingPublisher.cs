using System.Collections.Concurrent;
using EarlyWarning.Messaging;

namespace EarlyWarning.Escalation.Tests.Infrastructure;

internal sealed class RecordingPublisher : IEventPublisher
{
    private readonly ConcurrentQueue<DomainEvent> _events = new();

    public volatile bool Down;

    public IReadOnlyList<DomainEvent> Events => [.. _events];

    public Task PublishAsync(DomainEvent domainEvent, CancellationToken cancellationToken)
    {
        if (Down)
        {
            throw new PublishFailedException("The broker is down.");
        }

        _events.Enqueue(domainEvent);
        return Task.CompletedTask;
    }
}
