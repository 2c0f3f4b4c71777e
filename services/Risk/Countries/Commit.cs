using System.Runtime.InteropServices;
using EarlyWarning.Catalogue.Observations;
using EarlyWarning.Risk.Histories;
using EarlyWarning.Risk.Journal;

namespace EarlyWarning.Risk.Countries;

/// <summary>What one looked at item needs before the next.</summary>
internal enum Look
{
    Next = 0,

    /// <summary>The item can be decided upon only with the history of the country.</summary>
    NeedsHistory,
}

/// <summary>
/// One append in the making: sorts items into new ones, resends and reused ids, and says of each whether it is the current one of its natural key.
/// An id that is in the resend window, in this append or among those of the newest natural key decides; what was observed later than anything of
/// its series is new; everything else is looked up in history. Nothing of the state changes before the append is durable, but series that are made
/// for new sources. Used again for each append.
/// </summary>
internal sealed class Commit
{
    private const int MaxBytes = 900_000;
    private const int MaxRows = 20_000;
    private readonly Dictionary<UInt128, int> _ids = [];
    private readonly Dictionary<(Series Series, long Observed), CurrentKey> _keys = [];
    private readonly List<ObservationRow> _rows = [];
    private readonly List<ReusedId> _reused = [];

    public EntryWriter Writer { get; } = new();

    public Span<ObservationRow> Rows => CollectionsMarshal.AsSpan(_rows);

    public bool IsFull => Writer.Bound > MaxBytes || _rows.Count >= MaxRows;

    public int Duplicates { get; private set; }

    /// <summary>Items whose id is recorded with other content: refused once it is known what differs.</summary>
    public IReadOnlyList<ReusedId> Reused => _reused;

    public void Clear()
    {
        Writer.Clear();
        _ids.Clear();
        _keys.Clear();
        _rows.Clear();
        _reused.Clear();
        Duplicates = 0;
    }

    /// <summary>Looks at a batch's next item.</summary>
    public Look LookAt(WaitingBatch batch, CountryState state, HistoryIndex? history)
    {
        var row = RowOf(batch.Items[batch.Next]);
        state.Series.Prepare(ref row);
        var series = row.Series!;
        if (_ids.TryGetValue(row.IdHash, out var place))
        {
            ref readonly var known = ref Rows[place];
            return known.ContentHash == row.ContentHash ? Repeated(batch, row, known.Outdated) : Reuse(batch, row, known, 0);
        }

        if (state.Window.TryFind(row.IdHash, out var content, out var outdated)
            || (row.Observed == series.Observed && !series.KeyIdsOverflow && series.TryFindKeyId(row.IdHash, out content)))
        {
            if (content == row.ContentHash)
            {
                return Repeated(batch, row, row.Observed == series.Observed ? series.IdHash != row.IdHash : outdated);
            }

            return history is null ? Look.NeedsHistory : Reuse(batch, row, null, history.TryFind(row.IdHash, out _, out var recorded) ? recorded : 0);
        }

        if (row.Observed < series.Observed || (row.Observed == series.Observed && series.KeyIdsOverflow))
        {
            if (history is null)
            {
                return Look.NeedsHistory;
            }

            if (history.TryFind(row.IdHash, out content, out var position))
            {
                return content == row.ContentHash ? Repeated(batch, row, history.Current(row)?.Id != row.IdHash) : Reuse(batch, row, null, position);
            }
        }

        Add(batch, ref row, state, history);
        return Look.Next;
    }

    private void Add(WaitingBatch batch, ref ObservationRow row, CountryState state, HistoryIndex? history)
    {
        var series = row.Series!;
        row.Place = _rows.Count;
        ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, (series, row.Observed), out var known);
        var (revision, id) = known ? (key.Revision, key.Id)
            : row.Observed == series.Observed ? (series.Revision, series.IdHash)
            : row.Observed < series.Observed ? history!.Current(row) ?? default
            : default;
        if (id != 0 && row.Revision < revision)
        {
            row.Outdated = true;
            key = known ? key : new(revision, id);
            batch.MarkNotCurrent();
        }
        else
        {
            row.Replaced = id;
            key.Lose();
            key = new(row.Revision, row.IdHash);
            key.Hold(batch);
        }

        if (row.Observed < series.Observed && !batch.Backfill)
        {
            batch.MarkLate();
        }

        _ids.Add(row.IdHash, row.Place);
        _rows.Add(row);
        Writer.Add(row);
        batch.Set(V1.Outcome.Recorded);
    }

    private static ObservationRow RowOf(V1.Observation item)
    {
        var content = ObservationContent.Of(item);
        return new()
        {
            Id = item.ObservationId,
            Indicator = item.Indicator,
            Source = item.Source,
            Observed = content.Observed,
            Horizon = content.Horizon,
            Revision = content.Revision,
            KnownAt = content.KnownAt,
            Value = content.Value,
            PrecisionKind = (PrecisionKind)content.Precision,
            Precision = content.PrecisionValue,
        };
    }

    /// <summary>A resend: a duplicate where it is the current one of its key, also after what this append has brought so far.</summary>
    private Look Repeated(WaitingBatch batch, in ObservationRow row, bool outdated)
    {
        Duplicates++;
        ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, (row.Series!, row.Observed), out var known);
        if (known)
        {
            outdated = key.Id != row.IdHash;
        }
        else if (!outdated)
        {
            key = new(row.Revision, row.IdHash);
        }
        else
        {
            _keys.Remove((row.Series!, row.Observed));
        }

        if (!outdated)
        {
            key.Hold(batch);
        }

        batch.Set(outdated ? V1.Outcome.Superseded : V1.Outcome.Duplicate);
        return Look.Next;
    }

    private Look Reuse(WaitingBatch batch, in ObservationRow row, ObservationRow? recorded, long position)
    {
        _reused.Add(new(batch, batch.Next, row, recorded, position));
        batch.Set(V1.Outcome.Retry);
        return Look.Next;
    }

    /// <summary>The current observation of a natural key in this append, and the items that were told so.</summary>
    private struct CurrentKey(long revision, UInt128 id)
    {
        private List<(WaitingBatch Batch, int Index)>? _more;
        private WaitingBatch? _batch;
        private int _index;

        public readonly long Revision => revision;

        public readonly UInt128 Id => id;

        /// <summary>Notes that a batch's next item is told that it is current.</summary>
        public void Hold(WaitingBatch batch)
        {
            if (_batch is null)
            {
                (_batch, _index) = (batch, batch.Next);
            }
            else
            {
                (_more ??= []).Add((batch, batch.Next));
            }
        }

        /// <summary>Corrects what the items were told.</summary>
        public readonly void Lose()
        {
            _batch?.Supersede(_index);
            foreach (var (batch, index) in _more ?? [])
            {
                batch.Supersede(index);
            }
        }
    }
}

/// <summary>An item whose id is recorded with other content.</summary>
/// <param name="Batch">Its batch.</param>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Sent">What was sent.</param>
/// <param name="Pending">What this append records under the id, where it is that.</param>
/// <param name="Position">The position of the entry that recorded the id, where it is not in this append.</param>
internal sealed record ReusedId(WaitingBatch Batch, int Index, ObservationRow Sent, ObservationRow? Pending, long Position)
{
    /// <summary>Refuses the item, and says what differs from what is recorded.</summary>
    public void Refuse(in ObservationRow recorded)
    {
        var texts = (recorded.Indicator == Sent.Indicator ? "" : $"indicator {recorded.Indicator}, not {Sent.Indicator}; ")
            + (recorded.Source == Sent.Source ? "" : $"source {recorded.Source}, not {Sent.Source}; ");
        Batch.Reject(
            Index,
            V1.ErrorReason.ObservationIdReused,
            "observation_id",
            $"The id '{Sent.Id}' is recorded with other content: {(texts + recorded.Content.Differences(Sent.Content)).TrimEnd(' ', ';')}. "
            + "Use a new id, and a higher revision to correct a value.");
    }
}
