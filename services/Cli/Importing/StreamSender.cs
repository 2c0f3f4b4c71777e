using System.Threading.Channels;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Cli.Importing;

/// <summary>
/// Sends batches on a stream with several unanswered at once. What a broken stream left unanswered goes out again on the next one; what the
/// suite puts off goes out again after a while. Both are safe: the suite knows what it has recorded by content, and answers it as a
/// duplicate.
/// </summary>
internal sealed class StreamSender(CommandContext context, Limits limits, bool backfill, TimeSpan patience, Tally tally)
{
    /// <summary>Enough to keep the suite busy while answers travel; more would only be held in memory.</summary>
    private const int MostInFlight = 8;

    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(10);

    private readonly int _mostInFlight = Math.Clamp(limits.MaxInFlightBatches, 1, MostInFlight);
    private readonly TimeProvider _time = context.Terminal.Time;
    private readonly SortedDictionary<long, Batch> _inFlight = [];
    private readonly Queue<Batch> _unanswered = [];
    private readonly PriorityQueue<Batch, DateTimeOffset> _putOff = new();
    private long _sequence;
    private bool _isReadToEnd;
    private DateTimeOffset _lastProgress;

    public async Task SendAsync(IAsyncEnumerable<Batch> batches, CancellationToken cancellation)
    {
        await using var source = batches.GetAsyncEnumerator(cancellation);
        _lastProgress = _time.GetUtcNow();
        var breaks = 0;
        while (true)
        {
            var before = tally.Answered;
            try
            {
                await SendOnOneStreamAsync(source, cancellation);
                return;
            }
            catch (RpcException error)
                when (!cancellation.IsCancellationRequested
                    && Failure.IsPassing(error, context.Settings)
                    && _time.GetUtcNow() - _lastProgress < patience
                )
            {
                breaks = tally.Answered > before ? 0 : breaks + 1;
                foreach (var batch in _inFlight.Values)
                {
                    _unanswered.Enqueue(batch);
                    tally.Resent += batch.Items.Count;
                }

                _inFlight.Clear();
                var (asked, usual) = (Failure.DelayOf(error), WaitAfter(breaks));
                var wait = asked > usual ? asked : usual;
                context.Print.Note(
                    $"ew: the connection ended; {_unanswered.Count} unanswered batches go out again in {wait.TotalSeconds:0.##} s."
                );
                await Task.Delay(wait, _time, cancellation);
            }
        }
    }

    private static TimeSpan WaitAfter(int attempts) => attempts < 6 ? s_firstWait * (1 << attempts) : s_longestWait;

    private async Task SendOnOneStreamAsync(IAsyncEnumerator<Batch> source, CancellationToken cancellation)
    {
        using var call = context.Suite.Observations.StreamObservations(cancellationToken: cancellation);
        var answers = System.Threading.Channels.Channel.CreateUnbounded<StreamObservationsResponse>();
        var pump = PumpAsync(call.ResponseStream, answers.Writer, cancellation);
        while (true)
        {
            while (answers.Reader.TryRead(out var answer))
            {
                Take(answer);
            }

            if (await NextAsync(source) is { } batch)
            {
                _inFlight.Add(++_sequence, batch);
                await WriteAsync(call, batch.RequestFor(_sequence, backfill), answers.Reader, cancellation);
            }
            else if (_isReadToEnd && _inFlight.Count == 0 && _unanswered.Count == 0 && _putOff.Count == 0)
            {
                break;
            }
            else
            {
                await WaitAsync(answers.Reader, cancellation);
            }
        }

        await call.RequestStream.CompleteAsync();
        await pump;
    }

    private async Task<Batch?> NextAsync(IAsyncEnumerator<Batch> source)
    {
        if (_inFlight.Count >= _mostInFlight)
        {
            return null;
        }

        if (_unanswered.TryDequeue(out var unanswered))
        {
            return unanswered;
        }

        if (_putOff.TryPeek(out _, out var due) && due <= _time.GetUtcNow())
        {
            return _putOff.Dequeue();
        }

        // While much is put off, reading on would only pile the file up in memory.
        if (_isReadToEnd || _putOff.Count >= _mostInFlight)
        {
            return null;
        }

        _isReadToEnd = !await source.MoveNextAsync();
        return _isReadToEnd ? null : source.Current;
    }

    private void Take(StreamObservationsResponse answer)
    {
        if (!_inFlight.Remove(answer.Sequence, out var batch))
        {
            return;
        }

        var before = tally.Answered;
        var again = Answers.Count(batch, answer.Outcomes, answer.Problems, answer.NotCurrent, tally);
        var now = _time.GetUtcNow();
        if (tally.Answered > before)
        {
            _lastProgress = now;
        }

        if (again.Count == 0)
        {
            return;
        }

        var firstPutOff = batch.FirstPutOff ?? now;
        if (now - firstPutOff >= patience && _lastProgress < firstPutOff)
        {
            var problem = again[0].Problem;
            throw new CliException(
                $"the suite has taken nothing for {patience.TotalMinutes:0.#} min: {problem?.Message} ({problem?.Reason}). See `ew "
                    + $"status`; then run the same command again: what is recorded is not recorded twice.",
                ExitCode.Failed
            );
        }

        if (now - firstPutOff >= patience)
        {
            // Others went through meanwhile: this country alone is stuck, and must not hold the file up for ever.
            again.ForEach(one => tally.Reject(Answers.Rejected(one.Item, one.Problem)));
            return;
        }

        tally.Resent += again.Count;
        _putOff.Enqueue(
            new([.. again.Select(one => one.Item)]) { FirstPutOff = firstPutOff, Attempts = batch.Attempts + 1 },
            now + WaitAfter(batch.Attempts)
        );
    }

    private async Task WaitAsync(ChannelReader<StreamObservationsResponse> answers, CancellationToken cancellation)
    {
        var answered = answers.WaitToReadAsync(cancellation).AsTask();
        if (_inFlight.Count < _mostInFlight && _putOff.TryPeek(out _, out var due))
        {
            var wait = due - _time.GetUtcNow();
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var first = await Task.WhenAny(answered, Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, giveUp.Token));
            await giveUp.CancelAsync();
            if (first != answered)
            {
                return;
            }
        }

        if (!await answered)
        {
            throw EndedEarly();
        }
    }

    private static async Task WriteAsync(
        AsyncDuplexStreamingCall<StreamObservationsRequest, StreamObservationsResponse> call,
        StreamObservationsRequest request,
        ChannelReader<StreamObservationsResponse> answers,
        CancellationToken cancellation
    )
    {
        try
        {
            await call.RequestStream.WriteAsync(request, cancellation);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException)
        {
            // The call is over already; its status, which says why, is where the answers end.
            await answers.Completion;
            throw EndedEarly();
        }
    }

    private static RpcException EndedEarly() => new(new Status(StatusCode.Unavailable, "the suite ended the stream"));

    private static async Task PumpAsync(
        IAsyncStreamReader<StreamObservationsResponse> from,
        ChannelWriter<StreamObservationsResponse> to,
        CancellationToken cancellation
    )
    {
        try
        {
            while (await from.MoveNext(cancellation))
            {
                to.TryWrite(from.Current);
            }

            to.Complete();
        }
        catch (Exception error) when (error is RpcException or OperationCanceledException or IOException)
        {
            // A stream that was cut between two messages is no fault of a file.
            to.TryComplete(error is IOException ? EndedEarly() : error);
        }
    }
}
