using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Histories;

/// <summary>
/// Every observation id of a country with the hash of its content: what decides whether an old observation that comes late is new. Loaded from the
/// journal when it is first needed, and dropped when it has not been needed for a while. About 40 bytes an observation.
/// </summary>
internal sealed class HistoryIndex
{
    private static readonly long s_kept = TimeSpan.FromMinutes(10).Ticks;
    private readonly Dictionary<UInt128, ulong> _ids = [];
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

                index.Add(rows);
            }
        }

        return index;
    }

    public bool TryFind(UInt128 id, out ulong content)
    {
        _used = true;
        return _ids.TryGetValue(id, out content);
    }

    /// <summary>Whether it has been needed lately.</summary>
    public bool IsNeeded(long now)
    {
        (_usedAt, _used) = (_used ? now : _usedAt, false);
        return now - _usedAt < s_kept;
    }

    public void Add(ReadOnlySpan<ObservationRow> rows)
    {
        foreach (ref readonly var row in rows)
        {
            // The first content that was recorded under an id is the one that it stands for.
            _ids.TryAdd(row.IdHash, row.ContentHash);
        }
    }
}
