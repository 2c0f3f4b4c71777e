using EarlyWarning.Catalogue.Scores;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Risk.Thresholds;

namespace EarlyWarning.Risk.States;

/// <content>How a country decides upon an input, or takes over what was decided.</content>
internal sealed partial class CountryState
{
    /// <summary>
    /// Decides upon the input applied last, moment after moment, and applies the decisions. One that leads to more than an entry holds
    /// stays
    /// <see cref="Undecided"/> until the rest is decided: what has moved on already does not move again.
    /// </summary>
    public CountryOutcome Decide()
    {
        var decision = new Decision(InputPosition);
        while (Undecided)
        {
            if (!_begun && !NextStep(Deadline))
            {
                Undecided = false;
                break;
            }

            var from = decision.Outcome.Transitions.Count;
            _begun = !_decider.Decide(Thresholds, Moment, _moment, decision);
            foreach (var transition in decision.Outcome.Transitions.Skip(from))
            {
                Thresholds.Apply(transition, BreachOf(transition));
            }

            if (_begun)
            {
                break;
            }
        }

        var outcome = decision.Complete(more: Undecided);
        outcome.Scores.Add(
            Frameworks
                .Select(framework => (framework.Recorded, Now: RecordOf(framework)))
                .Where(record => !record.Now.Equals(record.Recorded))
                .Select(record => record.Now)
        );
        Take(outcome);
        return outcome;
    }

    /// <summary>When the next wait ends, within the next slice. A backfill completes none.</summary>
    private long Deadline => _input == InputKind.Backfill ? long.MaxValue : Decider.NextDeadline(Thresholds, Clock, Target);

    private static ScoreRecord RecordOf(FrameworkState framework)
    {
        var present = framework.Present;
        var record = new ScoreRecord
        {
            Framework = framework.Active.Id,
            Version = framework.Active.Version,
            Coverage = present.Coverage,
        };
        if (present.Score is { } score)
        {
            record.Score = score;
        }

        record.Level = ScoreParts.LevelName(present.Framework, present.LevelIndex);
        record.LevelAtLeast = ScoreParts.LevelName(present.Framework, present.LevelAtLeast);
        record.DecidingNode = ScoreParts.NodeCode(present.Framework, present.DecidingNode);

        return record;
    }

    /// <summary>
    /// Applies a recorded outcome, each transition at its moment. One that the state already includes, as after a snapshot, is passed over.
    /// </summary>
    private void Apply(CountryOutcome outcome)
    {
        if (!Undecided || outcome.Covers < InputPosition)
        {
            return;
        }

        foreach (var transition in outcome.Transitions)
        {
            Reach(transition);
            Thresholds.Apply(transition, BreachOf(transition));
        }

        while (!outcome.More && NextStep(long.MaxValue)) { }

        Undecided = _begun = outcome.More;
        Take(outcome);
    }

    /// <summary>
    /// Applies what is undecided without a decision, for a country that cannot be folded further: the last good state is shown, and warns
    /// of nothing.
    /// </summary>
    public void ShowUndecided()
    {
        try
        {
            while (Undecided && NextStep(long.MaxValue)) { }
        }
#pragma warning disable CA1031 // It may be what cannot be folded.
        catch (Exception)
#pragma warning restore CA1031
        {
            _slices.Clear();
        }

        Undecided = false;
    }

    /// <summary>Begins the moments of the input up to the one at which something moved on.</summary>
    private void Reach(Transition transition)
    {
        while (_sliced < transition.Slice && NextStep(long.MaxValue)) { }

        // What moved on later than the slice, or before the first, did so by time alone.
        while ((Clock < transition.Time || !_begun) && NextStep(transition.Time)) { }
    }

    /// <summary>Takes over what an outcome says, apart from where thresholds stand.</summary>
    private void Take(CountryOutcome outcome)
    {
        foreach (var record in outcome.Scores)
        {
            if (Framework(record.Framework) is { } framework)
            {
                framework.Recorded = record;
            }
        }
    }

    private static V1.Breach? BreachOf(Transition transition) =>
        transition.Breach.IsEmpty ? null : V1.Breach.Parser.ParseFrom(transition.Breach);
}
