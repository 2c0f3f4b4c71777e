using EarlyWarning.Risk.Breaches;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Risk.Countries;

/// <content>
/// How inputs become entries: applied to memory, decided upon, and committed once, with all that follows, before anybody sees or is
/// answered.
/// </content>
internal sealed partial class CountryGrain
{
    /// <summary>An opening folds so many bytes as fast as it reads a state.</summary>
    private const int SoonFolded = 64 << 10;
    private readonly Commit _commit = new(parts.SeriesLimits);
    private readonly List<WaitingBatch> _included = [];
    private Task _snapshotting = Task.CompletedTask;

    private async Task AdoptCatalogueAsync()
    {
        while (IsBehind)
        {
            var revision = parts.Catalogue.Current.Revision;
            await CommitAsync(
                next => _state!.ApplyCatalogue(next.Position, next.RecordedAt.UtcTicks, revision),
                outcome =>
                    new Entry
                    {
                        Format = EntryWriter.Format,
                        CatalogueRevision = revision,
                        Outcome = outcome,
                    }.ToByteArray()
            );
        }
    }

    private async Task AdvanceTimeAsync()
    {
        // Where no time is certain, nothing expires and no wait ends by it.
        while (parts.Time.Look() is { Doubt: not { DecisionsWait: true } } && _state!.NextTick(Now) is { } moment)
        {
            await CommitAsync(
                next => _state.ApplyTick(next.Position, next.RecordedAt.UtcTicks, moment),
                outcome =>
                    new Entry
                    {
                        Format = EntryWriter.Format,
                        Tick = moment,
                        Outcome = outcome,
                    }.ToByteArray()
            );
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
        if (_commit.Rows.Length > 0)
        {
            await (s_activities.HasListeners() ? CommitTracedAsync() : CommitRowsAsync(_included[0].Backfill));
        }

        Answer();
    }

    /// <summary>
    /// Takes what waits into one append: whole batches as long as there is room and they are of one kind, and the beginning of the next.
    /// </summary>
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
                if (_commit.LookAt(batch, _state!) == Look.NeedsPast)
                {
                    var search = _commit.Seek(_waiting.TakeWhile(waiting => waiting.Backfill == backfill), _state!);
                    await Task.Run(() => _blocks!.FindAsync(search, _stopping));
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
        await CommitAsync(
            next => _state!.Apply(next.Position, next.RecordedAt.UtcTicks, backfill, _commit.Rows),
            outcome => _commit.Writer.Write(backfill, outcome),
            unit => _blocks!.Write(unit, _commit.Rows, _writer!.Upcoming().Position)
        );
        _blocks!.Committed();
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
    private async Task CommitAsync(Action<Appended> apply, Func<Outcome, byte[]> write, Action<Unit>? add = null)
    {
        Hide();
        CrashPoint.Reach(CrashPoint.BeforeAppend);
        apply(_writer!.Upcoming());
        await AppendAsync(_state!.Decide(), write, add);
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

    private async Task AppendAsync(Outcome outcome, Func<Outcome, byte[]> write, Action<Unit>? add = null)
    {
        var unit = new Unit();
        add?.Invoke(unit);
        var breaches = 0;
        foreach (var transition in outcome.Transitions.Where(transition => !transition.Breach.IsEmpty))
        {
            unit.Record(V1.Breach.Parser.ParseFrom(transition.Breach), parts.Author.Epoch, UtcNow, parts.Breaches);
            breaches++;
        }

        var due = AddDue(unit);
        var entry = write(outcome);
        var appended = await _writer!.AppendAsync(entry, unit, _stopping);
        _bytesSinceSnapshot += entry.Length;
        _due = due;
        _state!.Note(appended.Position, appended.RecordedAt.UtcTicks);
        parts.Metrics.Appends.Add(1);
        parts.Metrics.Transitions.Add(outcome.Transitions.Count);
        if (breaches > 0)
        {
            CrashPoint.Reach(CrashPoint.AfterDecide);
            parts.Breaches.Signal();
        }
    }

    /// <summary>
    /// Keeps the state beside the journal now and then. The journal has everything: a snapshot that fails costs only time at an opening.
    /// </summary>
    private void Snapshot()
    {
        var due = _state!.Position - _snapshotPosition >= parts.Options.SnapshotEvery || _bytesSinceSnapshot >= parts.Options.SnapshotBytes;
        if (due && _snapshotting.IsCompleted)
        {
            _snapshotting = SnapshotAsync(_state, _stopping);
        }
    }

    /// <summary>
    /// A country that goes leaves little to fold for its next opening, where folding would take longer than reading the state.
    /// </summary>
    private async Task SnapshotAtTheEndAsync(CancellationToken cancellationToken)
    {
        await _snapshotting;
        if (_fault is null && _state is { Undecided: false } state && _bytesSinceSnapshot >= SoonFolded)
        {
            await SnapshotAsync(state, cancellationToken);
        }
    }

    private async Task SnapshotAsync(CountryState state, CancellationToken cancellationToken)
    {
        (_snapshotPosition, _bytesSinceSnapshot) = (state.Position, 0);
        try
        {
            await parts.Journals.WriteSnapshotAsync(Names.Journal(Country), state.Position, state.Write(), cancellationToken);
        }
#pragma warning disable CA1031 // The next one makes up for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNoSnapshot(Country, exception.Message);
        }
    }
}
