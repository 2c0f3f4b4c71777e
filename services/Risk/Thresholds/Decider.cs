using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using Google.Protobuf;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>
/// Decides where thresholds stand after an input. Pure: it reads the state and changes nothing. Only live news about what is watched, or a
/// change of the catalogue, starts a threshold; only live news resolves one; time alone completes the wait of one that was started. A
/// backfill decides
/// nothing: what it makes present is decided upon with the next live input.
/// </summary>
internal sealed class Decider(BreachAuthor author)
{
    /// <summary>Decides upon a moment; <see langword="false"/> where the decision had no room for all that follows from it.</summary>
    public bool Decide(CountryState state, InputKind kind, Decision decision)
    {
        foreach (var ending in state.Thresholds.Ending)
        {
            if (!decision.TryAdd(Ended(state, ending, Stage.Superseded)))
            {
                return false;
            }
        }

        if (kind == InputKind.Backfill)
        {
            return true;
        }

        foreach (var threshold in state.Thresholds.Watched)
        {
            if (Decide(state, threshold, kind) is { } transition && !decision.TryAdd(transition))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The moment at which waiting alone fires a threshold as things stand; <see cref="long.MaxValue"/> where none does up to a moment.
    /// </summary>
    public static long NextDeadline(CountryState state, long upTo)
    {
        var next = long.MaxValue;
        foreach (var threshold in state.Thresholds.Watched)
        {
            if (
                threshold.Stage == Stage.Pending
                && Math.Max(state.Clock, Ends.Of(threshold.Since, threshold.For)) is var end
                && end <= upTo
                && end < next
                && threshold.Read(end) == Reading.Met
            )
            {
                next = end;
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
            case Stage.Inactive when (news || kind == InputKind.Catalogue) && threshold.Read(state.Clock) == Reading.Met:
                return threshold.For > 0
                    ? new()
                    {
                        Threshold = threshold.Id,
                        Stage = Stage.Pending,
                        Time = state.Clock,
                        Slice = state.Moment.Slice,
                    }
                    : Fired(state, threshold, Leaves.Copy(framework.Previous), state.Clock);
            case Stage.Pending:
                var reading = threshold.Read(state.Clock);
                if (reading == Reading.Met)
                {
                    return state.Clock >= Ends.Of(threshold.Since, threshold.For)
                        ? Fired(state, threshold, threshold.Base, threshold.Since)
                        : null;
                }

                // Coverage that is lost, or a value that has gone stale, is no news: the wait goes on, and does not end, until there is
                // some.
                return reading != Reading.Unknown && (news || kind == InputKind.Catalogue)
                    ? new()
                    {
                        Threshold = threshold.Id,
                        Stage = Stage.Inactive,
                        Time = state.Clock,
                        Slice = state.Moment.Slice,
                    }
                    : null;
            case Stage.Firing
                when news
                    && threshold.Clears(framework.Present, state.Clock)
                    && threshold.Clears(framework.Held(threshold.Since), state.Clock):
                return Ended(state, threshold, Stage.Resolved);
            default:
                return null;
        }
    }

    private Transition Fired(CountryState state, WatchedThreshold threshold, double[]? before, long metSince) =>
        new()
        {
            Threshold = threshold.Id,
            Stage = Stage.Firing,
            Time = state.Clock,
            Slice = state.Moment.Slice,
            Breach = author.Fire(state, threshold, threshold.Window?.Lowest(metSince)?.Leaves ?? before).ToByteString(),
        };

    private static Transition Ended(CountryState state, WatchedThreshold threshold, Stage stage) =>
        new()
        {
            Threshold = threshold.Id,
            Stage = stage,
            Time = state.Clock,
            Slice = state.Moment.Slice,
            Breach = BreachAuthor.End(state, threshold, stage).ToByteString(),
        };
}
