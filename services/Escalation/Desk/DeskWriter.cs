using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Journal;
using EarlyWarning.Store;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Escalation.Desk;

/// <summary>
/// The one writer of the journal. The due time of what an entry will ask for is in the store before the entry is: it may name too much and never
/// too little. One writer at a time decides and appends; readers see the book between appends.
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

    /// <summary>Decides on the present book and journals the outcome; nothing where there is none. Gives the outcome.</summary>
    /// <exception cref="StoreUnavailableException">It is not known whether the entry is there. This writer is finished.</exception>
    /// <exception cref="FencedException">Another writer has taken over. This writer is finished.</exception>
    public async Task<Record?> DecideAsync(Func<CaseBook, DateTimeOffset, Record?> decide)
    {
        await _gate.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(_failed, this);
            var now = _parts.Time.GetUtcNow();
            if (decide(Book, now) is { } record)
            {
                await CommitAsync(record, now);
                return record;
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

    /// <summary>Puts the desk's due time right: the next deadline, or the next attempt to publish.</summary>
    public async Task ScheduleAsync(DateTimeOffset? publishAt)
    {
        await _gate.WaitAsync();
        try
        {
            // What is unpublished has its due time from before its entry; only an attempt that failed puts it off.
            if (publishAt is null && Book.Unpublished().Any())
            {
                return;
            }

            var due = Earlier(Book.NextDue(), publishAt);
            if (_indexKnown && due == _indexed)
            {
                return;
            }

            if (due is { } time)
            {
                await _parts.DueTimes.SetAsync(Queue, Member, time, CancellationToken.None);
            }
            else
            {
                await _parts.DueTimes.RemoveAsync(Queue, Member, CancellationToken.None);
            }

            (_indexed, _indexKnown) = (due, true);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task CommitAsync(Record record, DateTimeOffset now)
    {
        var due = record.Change?.Internals.Unpublished.Count > 0 ? now : DueOf(record);
        if (due is { } time && !(_indexKnown && _indexed <= time))
        {
            await _parts.DueTimes.SetAsync(Queue, Member, time, CancellationToken.None);
            (_indexed, _indexKnown) = (time, true);
        }

        CrashPoint.Reach(CrashPoint.BeforeAppend);
        await _journal.CommitAsync(record.ToByteArray(), CancellationToken.None);
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
