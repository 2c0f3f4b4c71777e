using EarlyWarning.Store.Faults;
using Grpc.Core;

namespace EarlyWarning.Sidecar.Broker;

/// <content>What happens where the journal cannot be written, or is another sidecar's.</content>
internal sealed partial class MessageBroker
{
    private static readonly TimeSpan s_reopenEvery = TimeSpan.FromSeconds(1);
    private readonly TaskCompletionSource _takenOver = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when another sidecar has taken over the journal; this one takes and delivers nothing from then on.</summary>
    public Task TakenOver => _takenOver.Task;

    private void Lost(Exception e)
    {
        _logger.JournalUnavailable(e);
        Refuse($"The local sidecar cannot write its journal: {e.Message}", e);
    }

    /// <summary>Another sidecar writes the journal now, and has what is in it: this one is finished.</summary>
    private void Yield(Exception e)
    {
        _logger.TakenOver(_options.Journal);
        _operations.Writer.TryComplete();
        Refuse("Another sidecar has taken over the suite's messages.", e);
        _batch.Clear();
        _takenOver.TrySetResult();
    }

    /// <summary>From here on nothing is taken. Tells everybody who waits so; what nobody waits for stays.</summary>
    private void Refuse(string reason, Exception e)
    {
        _unavailable = reason;
        List<JournalAppend> waiting = [];
        if (_next is { } next)
        {
            waiting.Add(next);
            _next = null;
        }

        while (_operations.Reader.TryRead(out var operation))
        {
            waiting.Add(operation);
        }

        foreach (var operation in _batch.Concat(waiting).Where(operation => !operation.Again))
        {
            operation.Done.TrySetException(new PublishRefusedException(StatusCode.Unavailable, reason, e));
        }

        _batch.RemoveAll(operation => !operation.Again);
        waiting.Where(operation => operation.Again).ToList().ForEach(operation => _operations.Writer.TryWrite(operation));
    }

    private async Task ReopenAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (!await _options.MayReopen(_stopping.Token))
                {
                    Yield(new FencedException(_options.Journal));
                    return;
                }

                _writer = await _journals.OpenAsync(_options.Journal, _stopping.Token);
                await CatchUpAsync(_arrived, _stopping.Token);
                _unavailable = null;
                _logger.JournalAvailable();
                _operations.Writer.TryWrite(new(static _ => { }, 0));
                return;
            }
            catch (StoreUnavailableException e)
            {
                // Once more, because a publish may have been let in just before the store went.
                Refuse($"The local sidecar cannot open its journal: {e.Message}", e);
                await Task.Delay(s_reopenEvery, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
