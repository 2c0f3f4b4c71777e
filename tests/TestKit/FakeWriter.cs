using System.Collections.Concurrent;
using Grpc.Core;

namespace EarlyWarning.TestKit;

/// <summary>Takes what a stream writes.</summary>
/// <param name="onWrite">Is told of each message.</param>
public sealed class FakeWriter<T>(Action<T>? onWrite = null) : IServerStreamWriter<T>
{
    private readonly ConcurrentQueue<T> _written = new();

    public IReadOnlyList<T> Written => [.. _written];

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return WriteAsync(message);
    }

    public Task WriteAsync(T message)
    {
        _written.Enqueue(message);
        onWrite?.Invoke(message);
        return Task.CompletedTask;
    }
}
