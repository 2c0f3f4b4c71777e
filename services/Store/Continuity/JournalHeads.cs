using System.Collections.Concurrent;
using EarlyWarning.Store.Databases;

namespace EarlyWarning.Store.Continuity;

/// <summary>
/// The last position of each journal that this process has seen acknowledged, to notice a store that goes back. Thread-safe.
/// </summary>
internal sealed class JournalHeads
{
    private readonly ConcurrentDictionary<string, long> _heads = new(StringComparer.Ordinal);

    public void Acknowledge(string journal, long position) => _heads[journal] = position;

    public bool TryGet(string journal, out long position) => _heads.TryGetValue(journal, out position);

    /// <summary>What was acknowledged no longer counts: the store was taken over as it is.</summary>
    public void Forget() => _heads.Clear();

    /// <summary>Names the first journal that ends before what was acknowledged; <see langword="null"/> where none does.</summary>
    public string? Behind(DatabaseSession session, Database database)
    {
        var heads = _heads.ToArray();
        var ends = heads.Length == 0 ? [] : database.JournalEnds(session, [.. heads.Select(head => head.Key)]);
        for (var index = 0; index < heads.Length; index++)
        {
            if (ends[index] < heads[index].Value)
            {
                return Words(heads[index].Key, ends[index], heads[index].Value);
            }
        }

        return null;
    }

    public static string Words(string journal, long end, long acknowledged) =>
        $"the journal {journal} ends at {end} and was at " + $"{acknowledged}";
}
