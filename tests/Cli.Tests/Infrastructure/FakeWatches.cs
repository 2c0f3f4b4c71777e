using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Infrastructure;

/// <summary>Plays, for each watch that is opened, the next part of what the test laid down: messages, then an error or silence.</summary>
internal sealed class FakeWatches
{
    private readonly ConcurrentQueue<(IMessage[] Messages, RpcException? End)> _parts = [];

    /// <summary>The resume tokens that watches came with, in order.</summary>
    public ConcurrentQueue<string> Tokens { get; } = [];

    public FakeWatches Then(RpcException? end, params IMessage[] messages)
    {
        _parts.Enqueue((messages, end));
        return this;
    }

    public async Task ServeAsync<T>(string token, IServerStreamWriter<T> to, ServerCallContext context)
    {
        Tokens.Enqueue(token);
        if (!_parts.TryDequeue(out var part))
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "the test laid down no further watch"));
        }

        await context.WriteResponseHeadersAsync([]);
        foreach (var message in part.Messages)
        {
            await to.WriteAsync((T)message);
        }

        if (part.End is { } end)
        {
            throw end;
        }

        await Task.Delay(Timeout.Infinite, context.CancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
