using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Histories;

/// <summary>
/// Every observation id of a country with the hash of its content and where it is recorded, and the current id of every natural key: what decides
/// whether an old observation that comes late is new, and whether it is current. Loaded from the journal when it is first needed, and dropped when
/// it has not been needed for a while. About 130 bytes an observation.
/// </summary>
internal sealed class HistoryIndex
{
    private static readonly long s_kept = TimeSpan.FromMinutes(10).Ticks;
    private readonly Dictionary<UInt128, (ulong Content, long Position)> _ids = [];
    private readonly Dictionary<ulong, (long Revision, UInt128 Id)> _current = [];
    private bool _used = true;
    private long _usedAt;

    public static async Task<HistoryIndex> LoadAsync(IJournals journals, string country, CancellationToken cancellationToken)
    {
        var index = new HistoryIndex();
        var series = new SeriesTable();
        await foreach (var stored in journals.ReadAsync(Names.Journal(country), 0, cancellationToken))
        {
            if (EntryReader.Parse(stored.Payload).Observations is { } columns)
            {
                var rows = EntryReader.Rows(columns);
                foreach (ref var row in rows.AsSpan())
                {
                    series.Prepare(ref row);
                }

                index.Add(rows, stored.Position);
            }
        }

        return index;
    }

    /// <summary>Looks for an id: the hash of its content, and the position of the entry that recorded it.</summary>
    public bool TryFind(UInt128 id, out ulong content, out long position)
    {
        _used = true;
        var found = _ids.TryGetValue(id, out var known);
        (content, position) = known;
        return found;
    }

    /// <summary>The revision and the id that are current of the natural key of a row; nothing where none is recorded.</summary>
    public (long Revision, UInt128 Id)? Current(in ObservationRow row)
    {
        _used = true;
        return _current.TryGetValue(row.Series!.KeyHash(row.Observed), out var current) ? current : null;
    }

    /// <summary>Whether it has been needed lately.</summary>
    public bool IsNeeded(long now)
    {
        (_usedAt, _used) = (_used ? now : _usedAt, false);
        return now - _usedAt < s_kept;
    }

    public void Add(ReadOnlySpan<ObservationRow> rows, long position)
    {
        foreach (ref readonly var row in rows)
        {
            // The first content that was recorded under an id is the one that it stands for.
            _ids.TryAdd(row.IdHash, (row.ContentHash, position));
            var key = row.Series!.KeyHash(row.Observed);
            if (!_current.TryGetValue(key, out var current) || row.Revision >= current.Revision)
            {
                _current[key] = (row.Revision, row.IdHash);
            }
        }
    }
}
