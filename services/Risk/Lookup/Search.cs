using System.Text;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Entries;

namespace EarlyWarning.Risk.Lookup;

/// <summary>
/// Ids and natural keys that are sought among everything recorded, and what was found of them: under an id the first observation that was
/// recorded, of a natural key the one that is current. Takes entries in their order. Not thread-safe.
/// </summary>
internal sealed class Search
{
    private readonly Dictionary<UInt128, ObservationRow?> _ids = [];
    private readonly HashSet<UInt128> _open = [];
    private readonly Dictionary<ulong, (long Revision, UInt128 Id)?> _keys = [];
    private readonly Dictionary<ulong, long> _moments = [];
    private readonly HashSet<long> _observed = [];
    private readonly SeriesTable _series = new();
    private readonly List<(Block Block, ArchiveException Fault)> _missed = [];

    /// <summary>Seeks the id and the natural key of a row.</summary>
    public void Seek(in ObservationRow row)
    {
        if (_ids.TryAdd(row.IdHash, null))
        {
            _open.Add(row.IdHash);
        }

        var key = row.Series!.KeyHash(row.Observed);
        if (_keys.TryAdd(key, null))
        {
            _moments.Add(key, row.Observed);
            _observed.Add(row.Observed);
        }
    }

    /// <summary>Seeks an id alone; returns its hash.</summary>
    public UInt128 Seek(string id)
    {
        var hash = SeriesTable.IdHash(Encoding.UTF8.GetBytes(id));
        if (_ids.TryAdd(hash, null))
        {
            _open.Add(hash);
        }

        return hash;
    }

    /// <summary>Whether the id and the natural key of a row are among what is sought.</summary>
    public bool Covers(in ObservationRow row) => _ids.ContainsKey(row.IdHash) && _keys.ContainsKey(row.Series!.KeyHash(row.Observed));

    /// <summary>Whether entries may hold any of what is still sought.</summary>
    public bool MayBeIn(Block block)
    {
        foreach (var id in _open)
        {
            if (block.Filter.MayHold((ulong)id))
            {
                return true;
            }
        }

        foreach (var (key, observed) in _moments)
        {
            if (observed >= block.Oldest && observed <= block.Newest && block.Filter.MayHold(key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes what an entry holds of what is sought.</summary>
    public void Take(JournalEntry stored)
    {
        if (EntryReader.Parse(stored.Payload).Observations is not { } columns)
        {
            return;
        }

        var ids = columns.Ids.Span;
        long observed = 0;
        for (var place = 0; place < columns.Values.Count; place++)
        {
            var id = ids[..(int)columns.IdLengths[place]];
            ids = ids[id.Length..];
            observed += columns.ObservedDeltas[place];

            // Nearly no row is sought, so none is made into one before that is known.
            if (_observed.Contains(observed) || (_open.Count > 0 && _open.Contains(SeriesTable.IdHash(id))))
            {
                var row = EntryReader.Row(columns, place, id, observed);
                _series.Prepare(ref row);
                Take(row);
            }
        }
    }

    /// <summary>Notes that the entries of a block that may hold what is sought are where they cannot be read.</summary>
    public void Miss(Block block, ArchiveException fault) => _missed.Add((block, fault));

    /// <summary>Why it is not known what is recorded of a row: it may be where nothing can be read; else <see langword="null"/>.</summary>
    public ArchiveException? Missed(in ObservationRow row)
    {
        foreach (var (block, fault) in _missed)
        {
            if (block.Filter.MayHold((ulong)row.IdHash) || block.Filter.MayHold(row.Series!.KeyHash(row.Observed)))
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Why it is not known what is recorded under an id; <see langword="null"/> where that is known.</summary>
    public ArchiveException? Missed(UInt128 id) =>
        Recorded(id) is null && _missed.Find(missed => missed.Block.Filter.MayHold((ulong)id)) is { Fault: { } fault } ? fault : null;

    /// <summary>The observation that was recorded under an id; <see langword="null"/> where none was.</summary>
    public ObservationRow? Recorded(UInt128 id) => _ids.GetValueOrDefault(id);

    /// <summary>The revision and the id that are current of the natural key of a row; nothing where none is recorded.</summary>
    public (long Revision, UInt128 Id)? Current(in ObservationRow row) => _keys.GetValueOrDefault(row.Series!.KeyHash(row.Observed));

    private void Take(in ObservationRow row)
    {
        if (_open.Remove(row.IdHash))
        {
            _ids[row.IdHash] = row;
        }

        var key = row.Series!.KeyHash(row.Observed);
        if (_keys.TryGetValue(key, out var current) && (current is null || row.Revision >= current.Value.Revision))
        {
            _keys[key] = (row.Revision, row.IdHash);
        }
    }
}
