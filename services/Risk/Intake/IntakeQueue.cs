using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.Telemetry;

namespace EarlyWarning.Risk.Intake;

/// <summary>
/// The batches of a country that wait for their append, in order, and those that are in the one under way. Who sends is answered once what
/// was sent is durable and decided, or is told to send it again. Not thread-safe.
/// </summary>
/// <param name="metrics">Counts what is answered.</param>
internal sealed class IntakeQueue(RiskMetrics metrics)
{
    private readonly Queue<WaitingBatch> _waiting = new();
    private readonly List<WaitingBatch> _included = [];

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>The next batch is history.</summary>
    public bool IsBackfillNext => _waiting.TryPeek(out var next) && next.Backfill;

    /// <summary>The batches of the append under way, the last of them maybe in part.</summary>
    public IReadOnlyList<WaitingBatch> Included => _included;

    /// <summary>Lets a batch wait; the answer comes with <see cref="Answer"/> or <see cref="Fail"/>.</summary>
    public Task<IntakeAnswer> Enqueue(ObservationBatch batch)
    {
        var waiting = new WaitingBatch(batch);
        _waiting.Enqueue(waiting);
        return waiting.Answer;
    }

    /// <summary>
    /// Takes what waits into an append: whole batches as long as there is room and they are of one kind, and the beginning of the next.
    /// </summary>
    /// <param name="append">The append, which is empty.</param>
    /// <param name="past">What is recorded already.</param>
    /// <param name="cancellationToken">Ends a search of the past.</param>
    public async Task GatherAsync(AppendBuilder append, IPastObservations past, CancellationToken cancellationToken)
    {
        var backfill = IsBackfillNext;
        while (!append.IsFull && _waiting.TryPeek(out var batch) && batch.Backfill == backfill)
        {
            if (_included.Count == 0 || _included[^1] != batch)
            {
                _included.Add(batch);
            }

            while (!batch.IsDone && !append.IsFull)
            {
                if (!append.TryTake(batch))
                {
                    await past.FindAsync(append.Seek(_waiting.TakeWhile(waiting => waiting.Backfill == backfill)), cancellationToken);
                }
            }

            if (batch.IsDone)
            {
                _waiting.Dequeue();
            }
        }
    }

    /// <summary>The append is durable and decided: whoever has everything in it is answered.</summary>
    public void Answer(AppendBuilder append, long revision)
    {
        metrics.Recorded.Add(append.Rows.Length);
        metrics.Duplicates.Add(append.Duplicates);
        foreach (var batch in _included)
        {
            batch.Commit();
            if (batch.IsDone)
            {
                batch.Complete(revision);
            }
        }

        _included.Clear();
    }

    /// <summary>Ends all that wait: what is not durable, as far as is known, is to be sent again.</summary>
    public void Fail(long revision, V1.ErrorReason reason, string message)
    {
        while (_waiting.TryDequeue(out var batch))
        {
            batch.Fail(revision, reason, message);
        }

        foreach (var batch in _included)
        {
            batch.Fail(revision, reason, message);
        }

        _included.Clear();
    }
}
