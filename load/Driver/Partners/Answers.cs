using System.Collections.Concurrent;
using EarlyWarning.V1;

namespace EarlyWarning.Driver.Partners;

/// <summary>
/// The client's ledger: what the suite answered to each item, and some of what was acknowledged, to look for afterwards. Thread-safe.
/// </summary>
internal sealed class Answers
{
    /// <summary>One call in so many leaves an observation to look for.</summary>
    private const int Sparse = 16;
    private const int MostKept = 1_000;
    private readonly ConcurrentQueue<Observation> _kept = new();
    private long _recorded,
        _duplicates,
        _superseded,
        _refused,
        _retry,
        _unanswered,
        _calls;

    public long Recorded => Interlocked.Read(ref _recorded);

    public long Duplicates => Interlocked.Read(ref _duplicates);

    public long Superseded => Interlocked.Read(ref _superseded);

    /// <summary>Items answered REJECTED.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Items answered RETRY.</summary>
    public long Retry => Interlocked.Read(ref _retry);

    /// <summary>Items of calls that failed: what became of them only the suite knows.</summary>
    public long Unanswered => Interlocked.Read(ref _unanswered);

    /// <summary>Some that were acknowledged.</summary>
    public IReadOnlyCollection<Observation> Kept => _kept;

    /// <summary>Adds the answer to a call; returns how many of its items were acknowledged.</summary>
    public int Add(IReadOnlyList<Observation> items, IReadOnlyList<Outcome> outcomes)
    {
        var (recorded, duplicates, superseded, retry) = (0, 0, 0, 0);
        foreach (var outcome in outcomes)
        {
            recorded += outcome == Outcome.Recorded ? 1 : 0;
            duplicates += outcome == Outcome.Duplicate ? 1 : 0;
            superseded += outcome == Outcome.Superseded ? 1 : 0;
            retry += outcome == Outcome.Retry ? 1 : 0;
        }

        Interlocked.Add(ref _recorded, recorded);
        Interlocked.Add(ref _duplicates, duplicates);
        Interlocked.Add(ref _superseded, superseded);
        Interlocked.Add(ref _retry, retry);
        var acknowledged = recorded + duplicates + superseded;
        Interlocked.Add(ref _refused, outcomes.Count - acknowledged - retry);
        if (Interlocked.Increment(ref _calls) % Sparse == 1 && outcomes[0] == Outcome.Recorded && _kept.Count < MostKept)
        {
            _kept.Enqueue(items[0]);
        }

        return acknowledged;
    }

    /// <summary>Adds a call that failed.</summary>
    public void Fail(int items) => Interlocked.Add(ref _unanswered, items);
}
