using EarlyWarning.Contracts.Catalogue.Watching;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using Google.Protobuf;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>
/// Decides where thresholds stand after an input. Pure: it reads the state and changes nothing. Only live news about what is watched, or a change
/// of the catalogue, starts a threshold; only live news resolves one; time alone completes the wait of one that was started. A backfill decides
/// nothing: what it makes present is decided upon with the next live input.
/// </summary>
internal sealed class Decider(BreachAuthor author)
{
    /// <summary>Bytes of the transitions of one outcome, well below the largest entry of a journal.</summary>
    private const int Room = 512 * 1024;

    public void Decide(CountryState state, InputKind kind, Outcome outcome)
    {
        var bytes = 0;
        foreach (var ending in state.Thresholds.Ending)
        {
            if (!Fits(Ended(state, ending, Stage.Superseded)))
            {
                return;
            }
        }

        if (kind == InputKind.Backfill)
        {
            return;
        }

        foreach (var threshold in state.Thresholds.Watched)
        {
            if (Decide(state, threshold, kind) is { } transition && !Fits(transition))
            {
                return;
            }
        }

        bool Fits(Transition transition)
        {
            bytes += transition.CalculateSize();
            outcome.More = bytes > Room && outcome.Transitions.Count > 0;
            if (!outcome.More)
            {
                outcome.Transitions.Add(transition);
            }

            return !outcome.More;
        }
    }

    /// <summary>The moment at which waiting alone would fire a threshold; <see cref="long.MaxValue"/> where none is met and waiting.</summary>
    public static long NextDeadline(CountryState state)
    {
        var next = long.MaxValue;
        foreach (var threshold in state.Thresholds.Watched)
        {
            if (threshold.Stage == Stage.Pending && threshold.Read(threshold.Framework.Present, state) == Reading.Met)
            {
                next = Math.Min(next, Ends.Of(threshold.Since, threshold.For));
            }
        }

        return next;
    }

    private Transition? Decide(CountryState state, WatchedThreshold threshold, InputKind kind)
    {
        var framework = threshold.Framework;
        var (first, count) = threshold.Target.Leaves(framework.Compiled);
        var news = kind == InputKind.Live && framework.TouchedAny(first, count);
        switch (threshold.Stage)
        {
            case Stage.Inactive when (news || kind == InputKind.Catalogue) && Met(threshold, state):
                return threshold.For > 0
                    ? new() { Threshold = threshold.Id, Stage = Stage.Pending, Time = state.Clock }
                    : Fired(state, threshold, Leaves.Copy(framework.Previous), state.Clock);
            case Stage.Pending:
                var reading = threshold.Read(framework.Present, state);
                if (reading == Reading.Met)
                {
                    return state.Clock >= Ends.Of(threshold.Since, threshold.For) ? Fired(state, threshold, threshold.Base, threshold.Since) : null;
                }

                // Coverage that is lost, or a value that has gone stale, is no news: the wait goes on, and does not end, until there is some.
                return reading != Reading.Unknown && (news || kind == InputKind.Catalogue)
                    ? new() { Threshold = threshold.Id, Stage = Stage.Inactive, Time = state.Clock }
                    : null;
            case Stage.Firing when news && threshold.Read(framework.Present, state) == Reading.Cleared
                && threshold.Read(framework.Held(threshold.Since), state) == Reading.Cleared:
                return Ended(state, threshold, Stage.Resolved);
            default:
                return null;
        }
    }

    private static bool Met(WatchedThreshold threshold, CountryState state) => threshold.Read(threshold.Framework.Present, state) == Reading.Met;

    private Transition Fired(CountryState state, WatchedThreshold threshold, double[]? before, long metSince) => new()
    {
        Threshold = threshold.Id,
        Stage = Stage.Firing,
        Time = state.Clock,
        Breach = author.Fire(state, threshold, threshold.Window?.Lowest(metSince)?.Leaves ?? before).ToByteString(),
    };

    private static Transition Ended(CountryState state, WatchedThreshold threshold, Stage stage) => new()
    {
        Threshold = threshold.Id,
        Stage = stage,
        Time = state.Clock,
        Breach = BreachAuthor.End(state, threshold, stage).ToByteString(),
    };
}
