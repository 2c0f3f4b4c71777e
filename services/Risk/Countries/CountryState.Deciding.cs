using EarlyWarning.Contracts.Catalogue.Scores;
using EarlyWarning.Risk.Journal;

namespace EarlyWarning.Risk.Countries;

/// <content>How a country decides upon an input, or takes over what was decided.</content>
internal sealed partial class CountryState
{
    /// <summary>
    /// Decides upon the input applied last, and applies the decision. One that leads to more than an entry holds stays <see cref="Undecided"/> until
    /// the rest is decided: what has moved on already does not move again.
    /// </summary>
    public Outcome Decide()
    {
        var outcome = new Outcome { Covers = InputPosition };
        if (_undecided is { } kind)
        {
            _decider.Decide(this, kind, outcome);
        }

        foreach (var framework in Frameworks)
        {
            var record = RecordOf(framework);
            if (!record.Equals(framework.Recorded))
            {
                outcome.Scores.Add(record);
            }
        }

        Apply(outcome);
        return outcome;
    }

    private static ScoreRecord RecordOf(FrameworkState framework)
    {
        var present = framework.Present;
        var record = new ScoreRecord { Framework = framework.Active.Id, Version = framework.Active.Version, Coverage = present.Coverage };
        if (present.Score is { } score)
        {
            record.Score = score;
        }

        record.Level = ScoreParts.LevelName(present.Framework, present.LevelIndex);
        record.LevelAtLeast = ScoreParts.LevelName(present.Framework, present.LevelAtLeast);
        record.DecidingNode = ScoreParts.NodeCode(present.Framework, present.DecidingNode);

        return record;
    }

    /// <summary>Applies a recorded outcome. One that the state already includes, as after a snapshot, is passed over.</summary>
    private void Apply(Outcome outcome)
    {
        if (!Undecided || outcome.Covers < InputPosition)
        {
            return;
        }

        if (!outcome.More)
        {
            _undecided = null;
        }

        foreach (var record in outcome.Scores)
        {
            if (Framework(record.Framework) is { } framework)
            {
                framework.Recorded = record;
            }
        }

        foreach (var transition in outcome.Transitions)
        {
            var breach = transition.Breach.IsEmpty ? null : V1.Breach.Parser.ParseFrom(transition.Breach);
            Thresholds.Apply(transition, breach);
            if (breach is not null)
            {
                _unpublished.Add(breach);
            }
        }
    }
}
