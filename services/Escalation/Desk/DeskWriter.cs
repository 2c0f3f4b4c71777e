using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Journal;
using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Escalation.Desk;

/// <summary>
/// The one writer of the journal. The due time of what an entry asks for becomes durable with it: it may name too much and never too little. One
/// writer at a time decides and appends; readers see the book between appends.
/// </summary>
internal sealed class DeskWriter : IDisposable
{
    /// <summary>The journal.</summary>
    public const string JournalName = "cases";

    /// <summary>The queue of due times, and the desk's one member in it.</summary>
    public const string Queue = "escalation";

    private const string Member = "desk";
    private const int SnapshotEvery = 1_000;

    private readonly DeskParts _parts;
    private readonly Journaled<CaseBook> _journal;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private DateTimeOffset? _indexed;
    private bool _indexKnown;
    private TaskCompletionSource _changed = Fresh();
    private bool _failed;

    private DeskWriter(DeskParts parts, Journaled<CaseBook> journal) => (_parts, _journal) = (parts, journal);

    /// <summary>The cases as they stand.</summary>
    public CaseBook Book => _journal.State;

    /// <summary>The position of the last entry.</summary>
    public long Position => _journal.Position;

    /// <summary>Completes at the next entry.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Opens and folds the journal.</summary>
    public static async Task<DeskWriter> OpenAsync(DeskParts parts, CancellationToken cancellationToken) =>
        new(parts, await Journaled<CaseBook>.OpenAsync(parts.Journals, JournalName, new CaseFold(), SnapshotEvery, cancellationToken));

    /// <summary>
    /// Decides on the present book and journals the outcome, together with what <paramref name="with"/> adds; nothing where there is none. Gives the
    /// outcome.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It is not known whether the entry is there. This writer is finished.</exception>
    /// <exception cref="FencedException">Another writer has taken over. This writer is finished.</exception>
    public async Task<Record?> DecideAsync(Func<CaseBook, DateTimeOffset, Record?> decide, Action<Unit, DateTimeOffset>? with = null)
    {
        await _gate.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(_failed, this);
            var now = _parts.Time.GetUtcNow();
            if (decide(Book, now) is { } record)
            {
                await CommitAsync(record, with, now);
                return record;
            }

            if (with is not null)
            {
                var unit = new Unit();
                with(unit, now);
                await _journal.CommitAsync(unit, CancellationToken.None);
            }

            return null;
        }
        catch (Exception e) when (e is not ObjectDisposedException)
        {
            _failed = true;
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Puts the desk's due time right: the next deadline.</summary>
    public async Task ScheduleAsync()
    {
        await _gate.WaitAsync();
        try
        {
            // What is not handed on yet keeps its due time.
            if (Book.Unpublished().Any())
            {
                return;
            }

            var due = Book.NextDue();
            if (_indexKnown && due == _indexed)
            {
                return;
            }

            var unit = new Unit();
            await _journal.CommitAsync(
                due is { } time ? unit.SetDue(Queue, Member, time) : unit.RemoveDue(Queue, Member), CancellationToken.None);
            (_indexed, _indexKnown) = (due, true);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task CommitAsync(Record record, Action<Unit, DateTimeOffset>? with, DateTimeOffset now)
    {
        var unit = new Unit();
        with?.Invoke(unit, now);
        var due = record.Change?.Internals.Unpublished.Count > 0 ? now : DueOf(record);
        var (indexed, known) = (_indexed, _indexKnown);
        if (due is { } time && !(_indexKnown && _indexed <= time))
        {
            unit.SetDue(Queue, Member, time);
            (indexed, known) = (time, true);
        }

        CrashPoint.Reach(CrashPoint.BeforeAppend);
        await _journal.CommitAsync(record.ToByteArray(), unit, CancellationToken.None);
        (_indexed, _indexKnown) = (indexed, known);
        CrashPoint.Reach(CrashPoint.AfterDecide);
        _parts.Meter.Changes.Add(record.Change is null ? 0 : 1);
        var changed = _changed;
        _changed = Fresh();
        changed.TrySetResult();
    }

    private DateTimeOffset? DueOf(Record record) =>
        record.Change is { } change ? Earlier(Book.NextDue(), V1.Case.Parser.ParseFrom(change.Case).DueTime?.ToDateTimeOffset()) : null;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
