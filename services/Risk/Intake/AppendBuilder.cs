using System.Runtime.InteropServices;
using EarlyWarning.Catalogue.Observations;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.Observations;

namespace EarlyWarning.Risk.Intake;

/// <summary>
/// One append in the making: sorts items into new ones, resends and reused ids, and says of each whether it is the current one of its
/// natural key. An id that is in the resend window, in this append or among those of the newest natural key decides; what was observed
/// later than anything of its series is new; everything else is looked up. Nothing of the state changes before the append is durable, but
/// series that are made for what is taken of new sources. Used again for each append. Not thread-safe.
/// </summary>
/// <param name="table">The newest observations of the country.</param>
/// <param name="window">The ids that were recorded last.</param>
/// <param name="limits">How many series it may have.</param>
internal sealed partial class AppendBuilder(SeriesTable table, ResendWindow window, SeriesLimits limits)
{
    private const int MaxBytes = 900_000;
    private const int MaxRows = 20_000;
    private readonly Dictionary<UInt128, int> _ids = [];
    private readonly Dictionary<(Series Series, long Observed), CurrentKey> _keys = [];
    private readonly List<ObservationRow> _rows = [];
    private Search? _past;

    public EntryWriter Writer { get; } = new();

    public Span<ObservationRow> Rows => CollectionsMarshal.AsSpan(_rows);

    public bool IsFull => Writer.Bound > MaxBytes || _rows.Count >= MaxRows;

    public int Duplicates { get; private set; }

    public void Clear()
    {
        Writer.Clear();
        _ids.Clear();
        _keys.Clear();
        _rows.Clear();
        (Duplicates, _past) = (0, null);
    }

    /// <summary>
    /// Takes a batch's next item, which has its outcome then; <see langword="false"/> where it has to be known first what is recorded of
    /// it: then <see cref="Seek"/>.
    /// </summary>
    public bool TryTake(WaitingBatch batch)
    {
        var row = RowOf(batch.Items[batch.Next]);
        table.Prepare(ref row);
        if (_ids.TryGetValue(row.IdHash, out var place))
        {
            ref readonly var known = ref Rows[place];
            return known.ContentHash == row.ContentHash ? Repeated(batch, row, known.Outdated) : Refuse(batch, row, known);
        }

        var isRecent = IsRecent(row, out var content, out var outdated);
        if (isRecent && content == row.ContentHash)
        {
            return Repeated(batch, row, row.Observed == row.Series!.Observed ? row.Series.IdHash != row.IdHash : outdated);
        }

        if (isRecent || IsLate(row))
        {
            if (_past?.Covers(row) != true)
            {
                return false;
            }

            if (_past.Missed(row) is { } fault)
            {
                batch.Defer(
                    V1.ErrorReason.ArchiveUnavailable,
                    $"Whether it is recorded already is not known. {fault.Message} Send the same again then."
                );
                return true;
            }

            if (isRecent || _past.Recorded(row.IdHash) is not null)
            {
                return _past.Recorded(row.IdHash) is { } recorded && recorded.ContentHash == row.ContentHash
                    ? Repeated(batch, row, _past.Current(row)?.Id != row.IdHash)
                    : Refuse(batch, row, _past.Recorded(row.IdHash));
            }
        }

        if (limits.Refusal(row, table) is var (field, message))
        {
            batch.Reject(batch.Next, V1.ErrorReason.TooManySeries, field, message);
            batch.Set(V1.Outcome.Rejected);
            return true;
        }

        table.Admit(ref row);
        Add(batch, ref row);
        return true;
    }

    /// <summary>
    /// Collects what waits and has to be looked up, so that one search does for all: from each batch's next item on, as many as one append
    /// takes. What was found is decided upon from then on.
    /// </summary>
    public Search Seek(IEnumerable<WaitingBatch> batches)
    {
        _past = new();
        var left = MaxRows;
        foreach (var batch in batches)
        {
            for (var i = batch.Next; i < batch.Items.Count && left > 0; i++, left--)
            {
                var row = RowOf(batch.Items[i]);
                table.Prepare(ref row);
                if (IsRecent(row, out var content, out _) ? content != row.ContentHash : IsLate(row))
                {
                    _past.Seek(row);
                }
            }
        }

        return _past;
    }

    /// <summary>Whether the id is among those that are kept at hand.</summary>
    private bool IsRecent(in ObservationRow row, out ulong content, out bool outdated)
    {
        var own = row.Series!;
        return window.TryFind(row.IdHash, out content, out outdated)
            || (row.Observed == own.Observed && !own.KeyIdsOverflow && own.TryFindKeyId(row.IdHash, out content));
    }

    /// <summary>Whether the same may be recorded without being at hand.</summary>
    private static bool IsLate(in ObservationRow row) =>
        row.Observed < row.Series!.Observed || (row.Observed == row.Series.Observed && row.Series.KeyIdsOverflow);

    private void Add(WaitingBatch batch, ref ObservationRow row)
    {
        var series = row.Series!;
        row.Place = _rows.Count;
        ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, (series, row.Observed), out var known);
        var (revision, id) =
            known ? (key.Revision, key.Id)
            : row.Observed == series.Observed ? (series.Revision, series.IdHash)
            : row.Observed < series.Observed ? _past!.Current(row) ?? default
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
    private bool Repeated(WaitingBatch batch, in ObservationRow row, bool outdated)
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
        return true;
    }

    /// <summary>Refuses an item whose id is recorded with other content, and says what differs.</summary>
    private static bool Refuse(WaitingBatch batch, in ObservationRow sent, in ObservationRow? recorded)
    {
        var differences = recorded is not { } known
            ? ""
            : ": "
                + (
                    (known.Indicator == sent.Indicator ? "" : $"indicator {known.Indicator}, not {sent.Indicator}; ")
                    + (known.Source == sent.Source ? "" : $"source {known.Source}, not {sent.Source}; ")
                    + known.Content.Differences(sent.Content)
                ).TrimEnd(' ', ';');
        batch.Reject(
            batch.Next,
            V1.ErrorReason.ObservationIdReused,
            "observation_id",
            $"The id '{sent.Id}' is recorded with other content{differences}. Use a new id, and a higher revision to correct a value."
        );
        batch.Set(V1.Outcome.Rejected);
        return true;
    }
}
