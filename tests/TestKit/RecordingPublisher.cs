using System.Collections.Concurrent;
using System.Text;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Store.Outbox;
using Google.Protobuf;

namespace EarlyWarning.TestKit;

/// <summary>A broker in memory that keeps what is published, and is down where a test says so.</summary>
public sealed class RecordingPublisher : IEventPublisher
{
    private readonly ConcurrentQueue<OutboxEvent> _events = new();
    private volatile bool _down;
    private int _attempts;

    public IReadOnlyList<OutboxEvent> Events => [.. _events];

    public bool IsDown
    {
        get => _down;
        set => _down = value;
    }

    /// <summary>How often something was to be published, whatever came of it.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    public Task PublishAsync(OutboxEvent owed, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        if (_down)
        {
            throw new PublishFailedException("The broker is down.");
        }

        _events.Enqueue(owed);
        return Task.CompletedTask;
    }
}

/// <summary>Reads what was published.</summary>
public static class PublishedData
{
    /// <summary>Gets the payload as the message that it is.</summary>
    public static T As<T>(this OutboxEvent published)
        where T : IMessage, new() => JsonParser.Default.Parse<T>(Encoding.UTF8.GetString(published.Data.Span));
}
