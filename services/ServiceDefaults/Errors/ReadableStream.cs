using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>A stream of requests that names the reason where a message of it cannot be read.</summary>
internal sealed class ReadableStream<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
{
    /// <inheritdoc/>
    public T Current => inner.Current;

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            return await inner.MoveNext(cancellationToken);
        }
        catch (InvalidProtocolBufferException)
        {
            throw FaultMiddleware.Unreadable();
        }
        catch (RpcException framing) when (framing.StatusCode == StatusCode.Internal)
        {
            throw FaultMiddleware.Unreadable();
        }
    }
}
