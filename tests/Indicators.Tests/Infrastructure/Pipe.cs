using System.Threading.Channels;
using Grpc.Core;

namespace EarlyWarning.Indicators.Tests.Infrastructure;

/// <summary>The caller's end of a stream in memory.</summary>
internal sealed class Pipe<TRequest, TResponse> : IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>
    where TRequest : class
{
    private readonly Channel<TRequest> _requests = Channel.CreateUnbounded<TRequest>();
    private readonly Channel<TResponse> _responses = Channel.CreateUnbounded<TResponse>();

    public TRequest Current { get; private set; } = null!;

    public WriteOptions? WriteOptions { get; set; }

    public void Send(TRequest request) => _requests.Writer.TryWrite(request);

    public void SendNoMore() => _requests.Writer.Complete();

    public async Task<TResponse> ReceiveAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _responses.Reader.ReadAsync(deadline.Token);
    }

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await _requests.Reader.WaitToReadAsync(cancellationToken) || !_requests.Reader.TryRead(out var request))
        {
            return false;
        }

        Current = request;
        return true;
    }

    public Task WriteAsync(TResponse message) => _responses.Writer.WriteAsync(message).AsTask();
}
