using EarlyWarning.Risk.Journal;
using Google.Protobuf;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>
/// What is decided upon one input, as far as an entry has room. What the input's own rows let fire and be resolved is told once, with both
/// of its times, and not as an alarm that fires; what was due to fire before the first of them was not received late, and is told as ever.
/// </summary>
internal sealed class Decision(long position)
{
    /// <summary>Bytes of the transitions of one outcome, well below the largest entry of a journal.</summary>
    private const int Room = 512 * 1024;

    private readonly Dictionary<string, Transition> _fired = new(StringComparer.Ordinal);
    private int _bytes;

    public CountryOutcome Outcome { get; } = new() { Covers = position };

    /// <summary>Adds a transition; <see langword="false"/> where there is no room for it.</summary>
    public bool TryAdd(Transition transition)
    {
        Transition? fired = null;
        if (transition.Stage == Stage.Resolved && _fired.TryGetValue(transition.Threshold, out fired))
        {
            transition.Breach = BreachAuthor.Late(V1.Breach.Parser.ParseFrom(transition.Breach)).ToByteString();
        }

        var bytes = transition.CalculateSize() - (fired?.Breach.Length ?? 0);
        if (_bytes + bytes > Room && Outcome.Transitions.Count > 0)
        {
            return false;
        }

        _bytes += bytes;
        Outcome.Transitions.Add(transition);
        if (transition is { Stage: Stage.Firing, Slice: > 0 })
        {
            _fired.Add(transition.Threshold, transition);
        }
        else if (_fired.Remove(transition.Threshold) && fired is not null)
        {
            fired.Breach = ByteString.Empty;
        }

        return true;
    }

    /// <summary>Completes the outcome.</summary>
    /// <param name="more">There was no room for all.</param>
    public CountryOutcome Complete(bool more)
    {
        Outcome.More = more;
        return Outcome;
    }
}
