using System.Globalization;
using System.IO.Hashing;
using System.Text;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>Writes breaches: who, what, how much, from which observations, in figures and in plain words.</summary>
internal sealed class BreachAuthor(bool exercise)
{
    private readonly Contracts.Countries.Countries _countries = Contracts.Countries.Countries.For(exercise);

    public bool Exercise => exercise;

    public V1.Breach Fire(CountryState state, WatchedThreshold threshold, double[]? before)
    {
        var framework = threshold.Framework;
        var present = framework.Present;
        var earlier = Leaves.Score(framework, before);
        var breach = new V1.Breach
        {
            Name = Names.Breaches + Id(state.Country, threshold.Id, state.InputPosition),
            Country = state.Country,
            CountryName = NameOf(state.Country),
            Threshold = threshold.Definition,
            Framework = Names.Version(framework.Active.Id, framework.Active.Version),
            State = V1.Breach.Types.State.Firing,
            Sequence = 1,
            FireTime = Times.Stamp(state.Clock),
            Position = state.InputPosition,
            Level = Levels.Name(present),
            TargetValue = threshold.Target.Value(present) ?? 0,
            Coverage = threshold.Target.Coverage(present),
            Interval = Mapping.Interval(present, threshold.Target),
            Cause = $"{framework.Active.Id}/{(threshold.Definition.Target.Length == 0 ? "index" : threshold.Definition.Target)}",
            Exercise = exercise,
        };
        if (present.Score is { } score)
        {
            breach.Score = score;
        }

        if (threshold.Definition.MinimumProbability > 0 && threshold.Probability is { } probability)
        {
            breach.Probability = probability;
        }

        breach.Movements.AddRange(Movements.Between(state.Catalogue, framework, earlier, threshold.Target));
        breach.Sentence = BreachWords.Fired(breach, QuantityOf(state, threshold), earlier is null ? null : threshold.Target.Value(earlier));
        return breach;
    }

    public static V1.Breach End(CountryState state, WatchedThreshold threshold, Stage stage)
    {
        var breach = threshold.Breach!.Clone();
        breach.State = stage == Stage.Resolved ? V1.Breach.Types.State.Resolved : V1.Breach.Types.State.Superseded;
        breach.Sequence++;
        breach.EndTime = Times.Stamp(state.Clock);
        if (threshold.Framework.Present.Score is { } score)
        {
            breach.EndScore = score;
        }

        var now = threshold.Target.Value(threshold.Framework.Present);
        breach.Sentence = stage == Stage.Resolved
            ? BreachWords.Resolved(breach, QuantityOf(state, threshold), now)
            : BreachWords.Superseded(breach, QuantityOf(state, threshold), now);
        return breach;
    }

    private string NameOf(string country) => _countries.TryGet(country, out var info) ? info.Name : country;

    private static string Id(string country, string threshold, long position)
        => $"{country}-{XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{country}/{threshold}/{position}"))):x16}";

    private static Quantity QuantityOf(CountryState state, WatchedThreshold threshold)
    {
        var framework = threshold.Framework;
        if (threshold.Target.Leaf >= 0)
        {
            var code = threshold.Definition.Target;
            return new(Mapping.IndicatorName(state.Catalogue, code), Scale.Indicator, Mapping.Unit(state.Catalogue, code));
        }

        var node = framework.Compiled.Nodes[threshold.Target.Node];
        return new(node.Name is { Length: > 0 } name ? name : node.Code, framework.Compiled.Model is LogisticFramework ? Scale.Probability : Scale.Hundred);
    }
}
