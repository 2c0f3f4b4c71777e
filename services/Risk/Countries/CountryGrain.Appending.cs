using EarlyWarning.Risk.Journal;
using EarlyWarning.Store;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Risk.Countries;

/// <content>How inputs become entries, and entries decisions.</content>
internal sealed partial class CountryGrain
{
    private readonly Commit _commit = new();
    private readonly List<WaitingBatch> _included = [];

    /// <summary>What was decided from the last input and is not yet in the journal; it has no transitions and travels with the next entry.</summary>
    private Outcome? _deferred;

    private async Task AdoptCatalogueAsync()
    {
        while (IsBehind)
        {
            var revision = parts.Catalogue.Current.Revision;
            var appended = await AppendAsync(new Entry { CatalogueRevision = revision });
            _state!.ApplyCatalogue(appended.Position, appended.RecordedAt.UtcTicks, revision);
            await SettleAsync();
        }
    }

    private async Task AdvanceTimeAsync()
    {
        while (_state!.NextTick(Now) is { } moment)
        {
            var appended = await AppendAsync(new Entry { Tick = moment });
            _state.ApplyTick(appended.Position, appended.RecordedAt.UtcTicks, moment);
            await SettleAsync();
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
            await AppendObservationsAsync(_included[0].Backfill);
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

    private async Task AppendObservationsAsync(bool backfill)
    {
        var payload = _commit.Writer.Write(backfill, _deferred);
        CrashPoint.Reach(CrashPoint.BeforeAppend);
        var appended = await _writer!.AppendAsync(payload, _stopping);
        CrashPoint.Reach(CrashPoint.AfterAppend);
        (_deferred, _quietDone, _lastInput) = (null, false, Now);
        _state!.Apply(appended.Position, appended.RecordedAt.UtcTicks, backfill, _commit.Rows);
        if (_history is { } history)
        {
            history.Add(_commit.Rows, appended.Position);
            _history = history.IsNeeded(Now) ? history : null;
        }

        parts.Metrics.Appends.Add(1);
        parts.Metrics.Recorded.Add(_commit.Rows.Length);
        await SettleAsync();
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

    /// <summary>Decides upon the input applied last. A transition is durable before anybody is answered; what changes nothing travels later.</summary>
    private async Task SettleAsync()
    {
        if (!_state!.Undecided)
        {
            return;
        }

        while (_state.Undecided)
        {
            var outcome = _deferred = _state.Decide();
            if (outcome.Transitions.Count > 0)
            {
                await AppendAsync(new Entry());
                CrashPoint.Reach(CrashPoint.AfterDecide);
                parts.Metrics.Transitions.Add(outcome.Transitions.Count);
                Publish();
            }
        }

        Report();
        await SnapshotAsync();
    }

    /// <summary>Appends an entry together with what was decided before it.</summary>
    private async Task<Appended> AppendAsync(Entry entry)
    {
        entry.Format = EntryWriter.Format;
        entry.Outcome = _deferred;
        var appended = await _writer!.AppendAsync(entry.ToByteArray(), _stopping);
        (_deferred, _quietDone) = (null, false);
        if (entry.InputCase == Entry.InputOneofCase.None)
        {
            _state!.Note(appended.Position, appended.RecordedAt.UtcTicks);
        }

        parts.Metrics.Appends.Add(1);
        return appended;
    }

    private async Task AppendMarksAsync()
    {
        if (_marks.Count == 0)
        {
            return;
        }

        var taken = _marks.ToArray();
        await AppendAsync(new Entry { Published = { taken.Select(mark => mark.Mark) } });
        foreach (var (mark, done) in taken)
        {
            _marks.Dequeue();
            _state!.ApplyPublished(mark);
            done.TrySetResult();
        }
    }

    private async Task SnapshotAsync()
    {
        if (_state!.Position - _snapshotPosition < parts.Options.SnapshotEvery)
        {
            return;
        }

        _snapshotPosition = _state.Position;
        var (position, payload) = (_state.Position, _state.Write());
        try
        {
            await parts.Journals.WriteSnapshotAsync(Names.Journal(Country), position, payload, _stopping);
        }
        catch (StoreUnavailableException exception)
        {
            // The journal has everything; a later snapshot makes up for this one.
            LogNoSnapshot(Country, exception.Message);
        }
    }
}
