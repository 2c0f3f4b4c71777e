using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Infrastructure;

/// <summary>Plays, for each watch that is opened, the next part of what the test laid down: messages, then an error or silence.</summary>
internal sealed class FakeWatches
{
    private readonly ConcurrentQueue<(IMessage[] Messages, RpcException? End)> _parts = [];

    private readonly ConcurrentDictionary<Type, Channel<IMessage>> _live = [];

    /// <summary>The resume tokens that watches came with, in order.</summary>
    public ConcurrentQueue<string> Tokens { get; } = [];

    public FakeWatches Then(RpcException? end, params IMessage[] messages)
    {
        _parts.Enqueue((messages, end));
        return this;
    }

    /// <summary>
    /// Has the watches of one kind carry what is written here, from now on; completing it with an error ends the one that is open.
    /// </summary>
    public ChannelWriter<IMessage> Live<T>()
        where T : IMessage => (_live[typeof(T)] = Channel.CreateUnbounded<IMessage>()).Writer;

    public async Task ServeAsync<T>(string token, IServerStreamWriter<T> to, ServerCallContext context)
    {
        Tokens.Enqueue(token);
        if (_live.TryGetValue(typeof(T), out var live))
        {
            await context.WriteResponseHeadersAsync([]);
            await foreach (var message in live.Reader.ReadAllAsync(context.CancellationToken))
            {
                await to.WriteAsync((T)message);
            }

            return;
        }

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
