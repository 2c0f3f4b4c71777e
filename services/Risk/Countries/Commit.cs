using System.Runtime.InteropServices;
using EarlyWarning.Risk.Explaining;
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
/// One append in the making: sorts items into new ones, resends and reused ids. An id that is in the resend window, in this append or among those
/// of the newest natural key decides; what was observed later than anything of its series is new; everything else is looked up in history.
/// Nothing of the state changes before the append is durable, but series that are made for new sources. Used again for each append.
/// </summary>
internal sealed class Commit
{
    private const int MaxBytes = 900_000;
    private const int MaxRows = 20_000;
    private readonly Dictionary<UInt128, ulong> _ids = [];
    private readonly List<ObservationRow> _rows = [];

    public EntryWriter Writer { get; } = new();

    public Span<ObservationRow> Rows => CollectionsMarshal.AsSpan(_rows);

    public bool IsFull => Writer.Bound > MaxBytes || _rows.Count >= MaxRows;

    public int Duplicates { get; private set; }

    public void Clear()
    {
        Writer.Clear();
        _ids.Clear();
        _rows.Clear();
        Duplicates = 0;
    }

    /// <summary>Looks at a batch's next item.</summary>
    public Look LookAt(WaitingBatch batch, CountryState state, HistoryIndex? history)
    {
        var row = RowOf(batch.Items[batch.Next]);
        state.Series.Prepare(ref row);
        if (state.Window.TryFind(row.IdHash, out var content) || _ids.TryGetValue(row.IdHash, out content))
        {
            return Known(batch, row, content);
        }

        var series = row.Series!;
        if (row.Observed <= series.Observed)
        {
            if (row.Observed == series.Observed && !series.KeyIdsOverflow)
            {
                if (series.TryFindKeyId(row.IdHash, out content))
                {
                    return Known(batch, row, content);
                }
            }
            else if (history is null)
            {
                return Look.NeedsHistory;
            }
            else if (history.TryFind(row.IdHash, out content))
            {
                return Known(batch, row, content);
            }
        }

        _ids.Add(row.IdHash, row.ContentHash);
        _rows.Add(row);
        Writer.Add(row);
        batch.Set(V1.Outcome.Recorded);
        return Look.Next;
    }

    private static ObservationRow RowOf(V1.Observation item) => new()
    {
        Id = item.ObservationId,
        Indicator = item.Indicator,
        Source = item.Source,
        Observed = Times.Ticks(item.ObservedAt),
        Horizon = Times.Ticks(item.Horizon),
        Revision = item.Revision,
        KnownAt = item.KnownAt is { } known ? Times.Ticks(known) : 0,
        Value = item.Value,
        PrecisionKind = item.PrecisionCase switch
        {
            V1.Observation.PrecisionOneofCase.StandardError => PrecisionKind.StandardError,
            V1.Observation.PrecisionOneofCase.Confidence => PrecisionKind.Confidence,
            _ => PrecisionKind.None,
        },
        Precision = item.PrecisionCase switch
        {
            V1.Observation.PrecisionOneofCase.StandardError => item.StandardError,
            V1.Observation.PrecisionOneofCase.Confidence => item.Confidence,
            _ => 0,
        },
    };

    private Look Known(WaitingBatch batch, in ObservationRow row, ulong content)
    {
        if (content == row.ContentHash)
        {
            Duplicates++;
            batch.Set(V1.Outcome.Duplicate);
            return Look.Next;
        }

        var observation = batch.Items[batch.Next];
        batch.Reject(
            V1.ErrorReason.ObservationIdReused,
            "observation_id",
            $"The id '{row.Id}' is recorded for another observation of {observation.Country} (list the country's observations with this observation_id to see it); "
            + $"it came again for {row.Indicator} = {Figures.Of(row.Value)} from {row.Source} at {observation.ObservedAt.ToDateTimeOffset():O}, revision {row.Revision}. "
            + "Use a new id, and a higher revision to correct a value.");
        return Look.Next;
    }
}
