using System.Collections.Concurrent;
using EarlyWarning.Messaging;

namespace EarlyWarning.Notification.Tests.Infrastructure;

/// <summary>A broker that keeps what is published, or refuses it.</summary>
internal sealed class RecordingPublisher : IEventPublisher
{
    private readonly ConcurrentQueue<DomainEvent> _published = new();

    public bool Refuses { get; set; }

    public IReadOnlyList<DomainEvent> Published => [.. _published];

    public Task PublishAsync(DomainEvent domainEvent, CancellationToken cancellationToken)
    {
        if (Refuses)
        {
            throw new PublishFailedException("The broker is down.");
        }

        _published.Enqueue(domainEvent);
        return Task.CompletedTask;
    }
}
