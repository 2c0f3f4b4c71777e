using System.Collections.Concurrent;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Driver.Partners;

/// <summary>One open stream on which several callers each await the answer to their batch. Thread-safe.</summary>
internal sealed class ObservationStream : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<StreamObservationsRequest, StreamObservationsResponse> _call;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<StreamObservationsResponse>> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Task _reading;
    private volatile RpcException? _end;
    private long _sequence;

    public ObservationStream(CallInvoker suite)
    {
        _call = new ObservationService.ObservationServiceClient(suite).StreamObservations();
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Whether the suite, or the connection, has ended it.</summary>
    public bool IsOver => _end is not null;

    /// <summary>Sends a batch under the next number and waits for its answer.</summary>
    /// <exception cref="RpcException">The stream ended before the answer.</exception>
    public async Task<StreamObservationsResponse> SendAsync(StreamObservationsRequest request)
    {
        var answer = new TaskCompletionSource<StreamObservationsResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _writing.WaitAsync();
        try
        {
            request.Sequence = ++_sequence;
            _waiting[request.Sequence] = answer;
            await _call.RequestStream.WriteAsync(request);
        }
        catch (InvalidOperationException)
        {
            // The call is over: what it ended with is what the reader has.
            await _reading;
        }
        finally
        {
            _writing.Release();
        }

        FailWaiting();
        return await answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsOver)
        {
            await _call.RequestStream.CompleteAsync();
        }

        await _reading;
        _call.Dispose();
        _writing.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var answer in _call.ResponseStream.ReadAllAsync())
            {
                if (_waiting.TryRemove(answer.Sequence, out var waiting))
                {
                    waiting.SetResult(answer);
                }
            }

            _end = new(new(StatusCode.Unavailable, "The suite ended the stream."));
        }
        catch (RpcException broken)
        {
            _end = broken;
        }

        FailWaiting();
    }

    /// <summary>Whoever began to wait before the end or just after it is told of it.</summary>
    private void FailWaiting()
    {
        if (_end is { } end)
        {
            foreach (var waiting in _waiting.Values)
            {
                waiting.TrySetException(end);
            }
        }
    }
}
