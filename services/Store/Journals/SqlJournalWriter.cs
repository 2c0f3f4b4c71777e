using EarlyWarning.Store.Committing;

namespace EarlyWarning.Store.Journals;

/// <summary>Appends by one statement that does nothing where the epoch is another's or the position is not the one that follows.</summary>
internal sealed class SqlJournalWriter(SqlJournals journals, string journal, long epoch, Appended last, TimeProvider time) : JournalWriter
{
    private Appended _last = last;
    private Appended? _upcoming;
    private bool _finished;

    public override string Journal => journal;

    public override long Tail => _last.Position;

    public override Appended Upcoming()
    {
        var now = time.GetUtcNow();
        return _upcoming ??= new(_last.Position + 1, now > _last.RecordedAt ? now : _last.RecordedAt);
    }

    public override Task CommitAsync(Unit unit, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        return journals.CommitAsync(journal, epoch, unit, cancellationToken);
    }

    public override async ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, Unit? unit, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        if (payload.Length > MaxPayload)
        {
            throw new ArgumentException($"An entry has at most {MaxPayload} bytes.", nameof(payload));
        }

        var next = Upcoming();
        _finished = true;
        await journals.AppendAsync(journal, epoch, next, payload, unit, cancellationToken);
        (_last, _upcoming, _finished) = (next, null, false);
        return next;
    }
}
