using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Scoring.Engine.Watching;
using Google.Protobuf;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>
/// Decides where thresholds go at a moment, by <see cref="WatchCourse"/>. Pure: it reads where they and the scores stand, and changes
/// nothing. A backfill decides nothing: what it makes present is decided upon with the next live input.
/// </summary>
internal sealed class Decider(BreachAuthor author)
{
    /// <summary>Decides upon a moment; <see langword="false"/> where the decision had no room for all that follows from it.</summary>
    public bool Decide(ThresholdSet thresholds, in DecisionMoment moment, InputKind kind, Decision decision)
    {
        foreach (var ending in thresholds.Ending)
        {
            if (!decision.TryAdd(Ended(moment, ending, Stage.Superseded)))
            {
                return false;
            }
        }

        if (kind == InputKind.Backfill)
        {
            return true;
        }

        foreach (var threshold in thresholds.Watched)
        {
            if (Decide(moment, threshold, kind) is { } transition && !decision.TryAdd(transition))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The moment at which waiting alone fires a threshold as things stand; <see cref="long.MaxValue"/> where none does up to a moment.
    /// </summary>
    public static long NextDeadline(ThresholdSet thresholds, long clock, long upTo)
    {
        var next = long.MaxValue;
        foreach (var threshold in thresholds.Watched)
        {
            next = Math.Min(next, WatchCourse.Deadline(threshold, clock, Math.Min(upTo, next)));
        }

        return next;
    }

    private Transition? Decide(in DecisionMoment moment, WatchedThreshold threshold, InputKind kind)
    {
        var framework = threshold.Framework;
        var (first, count) = threshold.Target.Leaves(framework.Compiled);
        var occasion = kind switch
        {
            InputKind.Catalogue => WatchOccasion.Definition,
            InputKind.Live when framework.TouchedAny(first, count) => WatchOccasion.News,
            _ => WatchOccasion.Time,
        };
        return WatchCourse.Next(threshold, moment.Time, occasion) switch
        {
            WatchStep.Wait => Moved(moment, threshold, Stage.Pending),
            WatchStep.Drop => Moved(moment, threshold, Stage.Inactive),
            WatchStep.Fire when threshold.Stage == Stage.Pending => Fired(moment, threshold, threshold.Base, threshold.Since),
            WatchStep.Fire => Fired(moment, threshold, LeafValues.Copy(framework.Previous), moment.Time),
            WatchStep.Resolve => Ended(moment, threshold, Stage.Resolved),
            _ => null,
        };
    }

    private static Transition Moved(in DecisionMoment moment, WatchedThreshold threshold, Stage stage) =>
        new()
        {
            Threshold = threshold.Id,
            Stage = stage,
            Time = moment.Time,
            Slice = moment.Slice,
        };

    private Transition Fired(in DecisionMoment moment, WatchedThreshold threshold, double[]? before, long metSince)
    {
        var fired = Moved(moment, threshold, Stage.Firing);
        fired.Breach = author.Fire(moment, threshold, threshold.Window?.Lowest(metSince)?.Leaves ?? before).ToByteString();
        return fired;
    }

    private static Transition Ended(in DecisionMoment moment, WatchedThreshold threshold, Stage stage)
    {
        var ended = Moved(moment, threshold, stage);
        ended.Breach = BreachAuthor.End(moment, threshold, stage).ToByteString();
        return ended;
    }
}
