using System.Collections.Concurrent;
using EarlyWarning.Messaging;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>A broker in memory that is down where a test says so.</summary>
internal sealed class FakePublisher : IEventPublisher
{
    public ConcurrentQueue<DomainEvent> Events { get; } = new();

    public bool IsDown { get; set; }

    public int Attempts;

    public Task PublishAsync(DomainEvent domainEvent, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Attempts);
        if (IsDown)
        {
            throw new PublishFailedException("the sidecar does not answer.");
        }

        Events.Enqueue(domainEvent);
        return Task.CompletedTask;
    }
}
