using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Escalation.Journal;

namespace EarlyWarning.Escalation.Cases;

/// <summary>All cases as folded from the journal, and the newest changes of them.</summary>
internal sealed class CaseBook
{
    /// <summary>How many changes are held for watches; older ones are read from the journal.</summary>
    public const int RecentChanges = 1_024;

    private readonly Dictionary<string, CaseState> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _caseOfBreach = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Country, string Cause), string> _open = [];
    private readonly Queue<RegisterChange<V1.Case>> _recent = new();

    /// <summary>The cases by name.</summary>
    public IReadOnlyDictionary<string, CaseState> Cases => _cases;

    /// <summary>Outcomes of notifications whose breach has not come yet, by breach.</summary>
    public List<ParkedOutcome> Parked { get; } = [];

    /// <summary>The position of the last entry folded.</summary>
    public long Position { get; set; }

    /// <summary>How many entries could not be read.</summary>
    public long Unreadable { get; set; }

    /// <summary>The newest changes, oldest first.</summary>
    public IReadOnlyCollection<RegisterChange<V1.Case>> Recent => _recent;

    /// <summary>Changes after this position are in <see cref="Recent"/>.</summary>
    public long RecentAfter { get; set; }

    /// <summary>The case that a breach belongs to, open or not.</summary>
    public CaseState? CaseOf(string breach) => _caseOfBreach.TryGetValue(breach, out var name) ? _cases[name] : null;

    /// <summary>The open case of a country and cause.</summary>
    public CaseState? OpenCase(string country, string cause) => _open.TryGetValue((country, cause), out var name) ? _cases[name] : null;

    /// <summary>Puts a case in the place of what was known of it.</summary>
    public void Put(CaseState state)
    {
        var key = (state.Head.Country, state.Head.Cause);
        var known = _cases.GetValueOrDefault(state.Head.Name, CaseState.None).Marks.Count;
        _cases[state.Head.Name] = state;
        foreach (var mark in state.Marks.GetRange(known, state.Marks.Count - known))
        {
            _caseOfBreach[mark.Name] = state.Head.Name;
        }

        if (state.IsOpen)
        {
            _open[key] = state.Head.Name;
        }
        else if (_open.TryGetValue(key, out var open) && open == state.Head.Name)
        {
            _open.Remove(key);
        }
    }

    /// <summary>Keeps a change for watches.</summary>
    public void Remember(RegisterChange<V1.Case> change)
    {
        _recent.Enqueue(change);
        if (_recent.Count > RecentChanges)
        {
            RecentAfter = _recent.Dequeue().Position;
        }
    }
}
