using EarlyWarning.Risk.Breaches;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Risk.Countries;

/// <content>
/// How inputs become entries: applied to memory, decided upon, and committed once, with all that follows, before anybody sees or is answered.
/// </content>
internal sealed partial class CountryGrain
{
    private readonly Commit _commit = new();
    private readonly List<WaitingBatch> _included = [];
    private Task _snapshotting = Task.CompletedTask;

    private async Task AdoptCatalogueAsync()
    {
        while (IsBehind)
        {
            var revision = parts.Catalogue.Current.Revision;
            await CommitAsync(
                next => _state!.ApplyCatalogue(next.Position, next.RecordedAt.UtcTicks, revision),
                outcome => new Entry { Format = EntryWriter.Format, CatalogueRevision = revision, Outcome = outcome }.ToByteArray());
        }
    }

    private async Task AdvanceTimeAsync()
    {
        // Where no time is certain, nothing expires and no wait ends by it.
        while (parts.Time.Look() is { Doubt: not { DecisionsWait: true } } && _state!.NextTick(Now) is { } moment)
        {
            await CommitAsync(
                next => _state.ApplyTick(next.Position, next.RecordedAt.UtcTicks, moment),
                outcome => new Entry { Format = EntryWriter.Format, Tick = moment, Outcome = outcome }.ToByteArray());
        }
    }

    /// <summary>Goes on with what did not fit into the entry of its input, where a restart came in between.</summary>
    private async Task SettleAsync()
    {
        if (_state!.Undecided)
        {
            await CommitAsync(static _ => { }, Rest);
        }
    }

    private async Task CommitWaitingAsync()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        _commit.Clear();
        await GatherAsync();
        if (_commit.Reused.Count > 0)
        {
            await Task.Run(() => Histories.RecordedRow.RefuseAsync(parts.Journals, Country, _commit.Reused, _stopping));
        }

        if (_commit.Rows.Length > 0)
        {
            await CommitRowsAsync(_included[0].Backfill);
        }

        Answer();
    }

    /// <summary>Takes what waits into one append: whole batches as long as there is room and they are of one kind, and the beginning of the next.</summary>
    private async Task GatherAsync()
    {
        var backfill = _waiting.Peek().Backfill;
        while (!_commit.IsFull && _waiting.TryPeek(out var batch) && batch.Backfill == backfill)
        {
            if (_included.Count == 0 || _included[^1] != batch)
            {
                _included.Add(batch);
            }

            while (!batch.IsDone && !_commit.IsFull)
            {
                if (_commit.LookAt(batch, _state!, _history) == Look.NeedsHistory)
                {
                    _history = await Task.Run(() => Histories.HistoryIndex.LoadAsync(parts.Journals, Country, _stopping));
                }
            }

            if (batch.IsDone)
            {
                _waiting.Dequeue();
            }
        }
    }

    private async Task CommitRowsAsync(bool backfill)
    {
        var first = _writer!.Tail + 1;
        await CommitAsync(
            next => _state!.Apply(next.Position, next.RecordedAt.UtcTicks, backfill, _commit.Rows),
            outcome => _commit.Writer.Write(backfill, outcome));
        if (_history is { } history)
        {
            history.Add(_commit.Rows, first);
            _history = history.IsNeeded(Now) ? history : null;
        }

        parts.Metrics.Recorded.Add(_commit.Rows.Length);
    }

    private void Answer()
    {
        parts.Metrics.Duplicates.Add(_commit.Duplicates);
        foreach (var batch in _included)
        {
            batch.Commit();
            if (batch.IsDone)
            {
                batch.Complete(_state!.Position);
            }
        }

        _included.Clear();
    }

    /// <summary>
    /// Applies an input, decides, and appends both with what follows from them; then shows it. What is decided that one entry does not hold
    /// follows in the next.
    /// </summary>
    private async Task CommitAsync(Action<Appended> apply, Func<Outcome, byte[]> write)
    {
        Hide();
        CrashPoint.Reach(CrashPoint.BeforeAppend);
        apply(_writer!.Upcoming());
        await AppendAsync(_state!.Decide(), write);
        while (_state.Undecided)
        {
            await AppendAsync(_state.Decide(), Rest);
        }

        CrashPoint.Reach(CrashPoint.AfterAppend);
        await ShowAsync();
        Report();
        Snapshot();
    }

    private static byte[] Rest(Outcome outcome) => new Entry { Format = EntryWriter.Format, Outcome = outcome }.ToByteArray();

    private async Task AppendAsync(Outcome outcome, Func<Outcome, byte[]> write)
    {
        var unit = new Unit();
        var breaches = 0;
        foreach (var transition in outcome.Transitions.Where(transition => !transition.Breach.IsEmpty))
        {
            unit.Record(V1.Breach.Parser.ParseFrom(transition.Breach), UtcNow);
            breaches++;
        }

        var due = AddDue(unit);
        var appended = await _writer!.AppendAsync(write(outcome), unit, _stopping);
        _due = due;
        _state!.Note(appended.Position, appended.RecordedAt.UtcTicks);
        parts.Metrics.Appends.Add(1);
        parts.Metrics.Transitions.Add(outcome.Transitions.Count);
        if (breaches > 0)
        {
            CrashPoint.Reach(CrashPoint.AfterDecide);
            parts.Breaches.Set();
        }
    }

    /// <summary>Keeps the state beside the journal now and then. The journal has everything: a snapshot that fails costs only time at an opening.</summary>
    private void Snapshot()
    {
        if (_state!.Position - _snapshotPosition < parts.Options.SnapshotEvery || !_snapshotting.IsCompleted)
        {
            return;
        }

        _snapshotPosition = _state.Position;
        _snapshotting = WriteAsync(_state.Position, _state.Write());

        async Task WriteAsync(long position, byte[] payload)
        {
            try
            {
                await parts.Journals.WriteSnapshotAsync(Names.Journal(Country), position, payload, _stopping);
            }
#pragma warning disable CA1031 // Nobody waits for it, and the next one makes up for it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogNoSnapshot(Country, exception.Message);
            }
        }
    }
}
