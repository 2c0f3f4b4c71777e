using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Intake;
using Grpc.Core;

namespace EarlyWarning.Indicators.Intake;

/// <summary>
/// One bidirectional stream: reads batches, lets up to the limit be under way at once, and answers each as it is done. Batches are checked
/// and handed to their countries in the order read; answers may overtake each other. Only one task writes.
/// </summary>
internal sealed class ObservationStream(
    ObservationIntake intake,
    IntakeLimits limits,
    IReadOnlySet<string>? granted,
    IAsyncStreamReader<V1.StreamObservationsRequest> requests,
    IServerStreamWriter<V1.StreamObservationsResponse> responses
)
{
    private readonly Channel<V1.StreamObservationsResponse> _answers = Channel.CreateUnbounded<V1.StreamObservationsResponse>(
        new() { SingleReader = true, AllowSynchronousContinuations = false }
    );

    // Batches under way, and one for the reader itself: whoever takes it to zero has seen the last answer.
    private int _pending = 1;

    /// <summary>
    /// Runs until the caller has sent all and is answered, or goes away, or breaks a rule, or the suite stops. What was read before the end
    /// is answered before it, unless the caller is gone.
    /// </summary>
    /// <param name="stopping">The suite stops: no further batch is read.</param>
    /// <param name="cancelled">The caller has gone.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken cancelled)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancelled);
        var writing = WriteAllAsync(reading, cancelled);
        Exception? fault = null;
        try
        {
            await ReadAllAsync(reading.Token, stopping, cancelled);
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        Release();
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (writing.Exception?.InnerException is { } unwritten)
        {
            ExceptionDispatchInfo.Throw(unwritten);
        }

        if (fault is not null)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    private async Task ReadAllAsync(CancellationToken reading, CancellationToken stopping, CancellationToken cancelled)
    {
        try
        {
            while (await requests.MoveNext(reading))
            {
                Accept(requests.Current);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancelled.IsCancellationRequested)
        {
            throw Fault.Of(
                StatusCode.Unavailable,
                V1.ErrorReason.StoreUnavailable,
                "The suite is stopping. Send what was not answered again, on a new stream."
            );
        }
    }

    private void Accept(V1.StreamObservationsRequest request)
    {
        if (request.Sequence <= 0)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "sequence",
                "Number the batches of a stream above 0; the answer carries the number."
            );
        }

        if (Interlocked.Increment(ref _pending) > limits.MaxInFlightBatches + 1)
        {
            Release();
            throw Fault.Of(
                StatusCode.ResourceExhausted,
                V1.ErrorReason.InFlightExceeded,
                $"More than {limits.MaxInFlightBatches} batches are unanswered. Wait for answers, and send what was not answered on a "
                    + $"new stream.",
                ("limit", limits.MaxInFlightBatches.ToString(CultureInfo.InvariantCulture))
            );
        }

        Task<BatchAnswer> answer;
        try
        {
            answer = intake.RecordOfStreamAsync(request.Observations, request.Backfill, granted);
        }
        catch (RpcException)
        {
            Release();
            throw;
        }

        _ = AnswerAsync(request.Sequence, answer);
    }

    private async Task AnswerAsync(long sequence, Task<BatchAnswer> answering)
    {
        try
        {
            var answer = await answering;
            _answers.Writer.TryWrite(
                new()
                {
                    Sequence = sequence,
                    Outcomes = { answer.Outcomes },
                    Problems = { answer.Problems },
                    Revisions = { answer.Revisions },
                    NotCurrent = { answer.NotCurrent },
                    Late = { answer.Late },
                }
            );
        }
        catch (Exception exception)
        {
            // A country that fails is in the answer, so this is a fault of intake itself: it ends the stream rather than leave a batch
            // unanswered.
            _answers.Writer.TryComplete(exception);
        }
    }

    private async Task WriteAllAsync(CancellationTokenSource reading, CancellationToken cancelled)
    {
        try
        {
            await foreach (var answer in _answers.Reader.ReadAllAsync(CancellationToken.None))
            {
                // Released before it is written: whoever has read an answer may send the next batch, and must not be one over the limit for
                // it.
                Release();
                if (!cancelled.IsCancellationRequested)
                {
                    await responses.WriteAsync(answer, cancelled);
                }
            }
        }
        catch
        {
            await reading.CancelAsync();
            throw;
        }
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _pending) == 0)
        {
            _answers.Writer.TryComplete();
        }
    }
}
