using System.Globalization;
using System.IO.Hashing;
using System.Text;
using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Scores;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>Writes breaches: who, what, how much, from which observations, in figures and in plain words.</summary>
/// <param name="exercise">Whether all of it is invented.</param>
/// <param name="epoch">Gets the store's present epoch.</param>
/// <param name="unarmed">Whether nobody is told of what begins to fire now.</param>
internal sealed class BreachAuthor(bool exercise, Func<string> epoch, Func<bool> unarmed)
{
    private readonly Catalogue.States.Countries _countries = Catalogue.States.Countries.For(exercise);

    public V1.Breach Fire(in DecisionMoment moment, WatchedThreshold threshold, double[]? before)
    {
        var framework = threshold.Framework;
        var present = framework.Present;
        var earlier = LeafValues.Score(framework, before);
        var target = TargetOf(threshold, present);
        var breach = new V1.Breach
        {
            Name = ResourceNames.Breaches + Id(moment, threshold.Id),
            Country = moment.Country,
            CountryName = NameOf(moment.Country),
            Threshold = threshold.Definition,
            Framework = ResourceNames.Version(framework.Active.Id, framework.Active.Version),
            State = V1.Breach.Types.State.Firing,
            Suppressed = unarmed(),
            Sequence = 1,
            FireTime = Timestamps.Stamp(moment.Time),
            DecideTime = Timestamps.Stamp(moment.Recorded),
            Position = moment.Position,
            Level = ScoreParts.LevelName(framework.Compiled, present.LevelIndex),
            LevelAtLeast = ScoreParts.LevelName(framework.Compiled, present.LevelAtLeast),
            DecidingNode = ScoreParts.NodeCode(framework.Compiled, present.DecidingNode),
            Cause = $"{framework.Active.Id}/{(threshold.Definition.Target.Length == 0 ? "index" : threshold.Definition.Target)}",
            Exercise = exercise,
        };
        if (present.Score is { } score)
        {
            breach.Score = score;
        }

        AddTarget(breach, moment.Catalogue, framework, target);
        if (threshold.Probability(moment.Time) is { } probability)
        {
            breach.Probability = probability;
        }

        breach.Movements.AddRange(Movements.Between(moment.Catalogue, framework, earlier, target));
        breach.Sentence = BreachWords.Fired(breach, QuantityOf(framework, target, breach), earlier is null ? null : target.Value(earlier));
        return breach;
    }

    public static V1.Breach End(in DecisionMoment moment, WatchedThreshold threshold, Stage stage)
    {
        var framework = threshold.Framework;
        var breach = threshold.Breach!.Clone();
        breach.State = stage == Stage.Resolved ? V1.Breach.Types.State.Resolved : V1.Breach.Types.State.Superseded;
        breach.EndReason =
            stage == Stage.Resolved ? V1.Breach.Types.EndReason.Cleared
            : moment.Catalogue.Retired.ContainsKey(breach.Threshold.Name) ? V1.Breach.Types.EndReason.ThresholdRetired
            : V1.Breach.Types.EndReason.ThresholdChanged;
        breach.Sequence++;
        breach.FireSentence = breach.Sentence;
        (breach.EndTime, breach.EndDecideTime) = (Timestamps.Stamp(moment.Time), Timestamps.Stamp(moment.Recorded));
        if (framework.Present.Score is { } score)
        {
            breach.EndScore = score;
        }

        // Of what met the condition: for a level another node may have the highest one now.
        var target = Target.Find(framework.Compiled, breach.Target) ?? threshold.Target;
        var now = target.Value(framework.Present);
        if (now is { } value)
        {
            breach.EndTargetValue = value;
        }

        var quantity = QuantityOf(framework, target, breach);
        breach.Sentence =
            stage == Stage.Resolved
                ? BreachWords.Resolved(breach, quantity, now)
                : BreachWords.Superseded(breach, quantity, now, moment.Catalogue.Retired);
        return breach;
    }

    /// <summary>Makes of a breach that has ended one that had ended before anybody was told of it.</summary>
    public static V1.Breach Late(V1.Breach ended)
    {
        (ended.Sequence, ended.Late) = (1, true);
        ended.Sentence = BreachWords.Late(ended);
        return ended;
    }

    /// <summary>What met the condition: for a level the node that decided on it.</summary>
    private static Target TargetOf(WatchedThreshold threshold, ScoreState state) =>
        threshold.Target.Leaf >= 0 ? threshold.Target : new(threshold.Condition.NodeOf(state), -1);

    private static void AddTarget(V1.Breach breach, CatalogueSnapshot catalogue, FrameworkState framework, Target target)
    {
        var present = framework.Present;
        var (first, count) = target.Leaves(framework.Compiled);
        breach.Target = Labels.TargetCode(framework, target);
        breach.TargetName = Labels.TargetName(catalogue, framework, target);
        breach.TargetUnit = target.Leaf >= 0 ? Labels.Unit(catalogue, breach.Target) : "";
        breach.Coverage = target.Coverage(present);
        breach.Interval = Labels.Interval(StateDistribution.Of(present), target);
        (breach.Observations, breach.Sources) = framework.Basis(first, count);
        if (target.Value(present) is { } value)
        {
            breach.TargetValue = value;
        }

        if (UnknownErrorShare(present, target) is { } unknown)
        {
            breach.UnknownErrorShare = unknown;
        }
    }

    private static double? UnknownErrorShare(ScoreState state, Target target) =>
        target.Leaf < 0 ? state.UnknownErrorShare(target.Node)
        : state.LeafValue(target.Leaf) is null ? null
        : state.LeafStandardError(target.Leaf) is null ? 1
        : 0;

    private string NameOf(string country) => _countries.TryGet(country, out var info) ? info.Name : country;

    /// <summary>The store's epoch makes it another one than any that was given under another incarnation of the store.</summary>
    private string Id(in DecisionMoment moment, string threshold)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{moment.Country}/{threshold}/{moment.Position}/{moment.Slice}/{moment.Time}"
        );
        return $"{moment.Country}-{epoch()}-{XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text)):x16}";
    }

    private static Quantity QuantityOf(FrameworkState framework, Target target, V1.Breach breach) =>
        new(
            breach.TargetName,
            target.Leaf >= 0 ? Scale.Indicator
                : framework.Compiled.Model is LogisticFramework ? Scale.Probability
                : Scale.Hundred,
            breach.TargetUnit
        );
}
