using EarlyWarning.Sidecar.Journal;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Sidecar.Broker;

/// <content>The one writer.</content>
internal sealed partial class MessageBroker
{
    private const int MaxSettledPerEntry = 8_000;

    /// <summary>Bytes of a record's tag and length at the most.</summary>
    private const int Framing = 8;
    private readonly List<JournalAppend> _batch = [];

    /// <summary>Was read from the queue and comes after the batch.</summary>
    private JournalAppend? _next;

    private async Task WriteAsync()
    {
        try
        {
            while (_next is not null || await _operations.Reader.WaitToReadAsync())
            {
                Gather();
                await WriteBatchAsync();
            }

            // What was acknowledged last.
            if (!_takenOver.Task.IsCompleted)
            {
                await WriteBatchAsync();
            }
        }
#pragma warning disable CA1031 // Nothing else would notice that the writer has ended; health and every publish say so from here on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _operations.Writer.TryComplete();
            _logger.WriterFailed(e);
            Refuse("The local sidecar's writer has failed; restart the suite.", e);
        }
    }

    private async Task WriteBatchAsync()
    {
        var entry = Compose();
        var nothing = entry.Published.Count + entry.Settled.Count + entry.Subscribed.Count == 0;
        if (nothing || await AppendAsync(entry))
        {
            _batch.ForEach(operation => operation.Done.TrySetResult());
            _batch.Clear();
            if (_position - _checkpoint >= _options.CheckpointEvery)
            {
                await CheckpointAsync();
            }
        }
    }

    /// <summary>Takes what waits, up to the size of an entry.</summary>
    private void Gather()
    {
        var bytes = _batch.Sum(operation => operation.Bytes);
        while (_next is not null || _operations.Reader.TryRead(out _next))
        {
            if (_batch.Count > 0 && (_next.Alone || _batch[^1].Alone || bytes + _next.Bytes > MaxBatchBytes))
            {
                return;
            }

            _batch.Add(_next);
            bytes += _next.Bytes;
            _next = null;
        }
    }

    private Entry Compose()
    {
        var entry = new Entry { Format = BrokerState.Format };
        lock (_lock)
        {
            _batch.ForEach(operation => operation.Write(entry));
            _flushScheduled = false;
            var room = JournalWriter.MaxPayload - entry.CalculateSize();
            for (
                var taken = 0;
                taken < MaxSettledPerEntry && _settled.TryPeek(out var settled) && (room -= settled.CalculateSize() + Framing) >= 0;
                taken++
            )
            {
                entry.Settled.Add(_settled.Dequeue());
            }

            if (_settled.Count > 0)
            {
                _flushScheduled = true;
                _operations.Writer.TryWrite(new(static _ => { }, 0));
            }
        }

        return entry;
    }

    /// <summary>
    /// Appends and applies. On failure tells who waits, keeps what has to be tried again, and returns once the journal is open again and
    /// folded: the append may have happened all the same.
    /// </summary>
    private async Task<bool> AppendAsync(Entry entry)
    {
        try
        {
            var appended = await _writer.AppendAsync(BrokerState.Write(entry), CancellationToken.None);
            Apply(appended.Position, entry, _arrived);
            return true;
        }
        catch (FencedException e) when (!_options.IsAlone)
        {
            Yield(e);
            return false;
        }
        catch (Exception e) when (e is StoreUnavailableException or FencedException)
        {
            Lost(e);
            lock (_lock)
            {
                // A second time does no harm: what is settled already is left out by the fold.
                foreach (var settled in entry.Settled)
                {
                    _settled.Enqueue(settled);
                }
            }

            await ReopenAsync();
            return false;
        }
    }

    private async Task CatchUpAsync(Action<BrokerMessage>? arrived, CancellationToken cancellationToken)
    {
        await foreach (var entry in _journals.ReadAsync(_options.Journal, _position, cancellationToken))
        {
            Apply(entry.Position, BrokerState.Read(entry.Payload), arrived);
        }
    }

    private void Apply(long position, Entry entry, Action<BrokerMessage>? arrived)
    {
        List<BrokerMessage> messages = [];
        lock (_lock)
        {
            _state.Apply(position, entry, arrived is null ? null : messages.Add);
            _position = position;
        }

        messages.ForEach(message => arrived!(message));
    }

    /// <summary>Notes from where to fold, and lets go of the journal before that.</summary>
    private async Task CheckpointAsync()
    {
        try
        {
            await CarryForwardAsync();
            Checkpoint checkpoint;
            lock (_lock)
            {
                checkpoint = _state.ToCheckpoint(_position);
            }

            await _journals.WriteSnapshotAsync(_options.Journal, _position, BrokerState.Write(checkpoint), CancellationToken.None);
            _checkpoint = _position;
            if (_journals is IJournalTrimming trimming)
            {
                await trimming.TrimAsync(_options.Journal, checkpoint.LowWater, CancellationToken.None);
            }
        }
        catch (FencedException e) when (!_options.IsAlone)
        {
            Yield(e);
        }
        catch (Exception e) when (e is StoreUnavailableException or FencedException)
        {
            Lost(e);
            await ReopenAsync();
        }
    }

    /// <summary>
    /// A few old messages must not hold the whole journal back: once it is much longer than what is needed of it, the oldest are written
    /// again at its end.
    /// </summary>
    private async Task CarryForwardAsync()
    {
        var entry = new Entry { Format = BrokerState.Format };
        lock (_lock)
        {
            if (_position - _state.LowWater(_position) < (10 * _options.CheckpointEvery) + (4L * _state.Count))
            {
                return;
            }

            var bytes = 0;
            foreach (
                var message in _state.Messages.TakeWhile(message =>
                    (bytes += message.Event.Length) < MaxBatchBytes || entry.Published.Count == 0
                )
            )
            {
                entry.Published.Add(message.ToRecord());
            }
        }

        var appended = await _writer.AppendAsync(BrokerState.Write(entry), CancellationToken.None);
        Apply(appended.Position, entry, arrived: null);
    }
}
