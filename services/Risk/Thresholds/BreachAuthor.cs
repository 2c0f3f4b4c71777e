using System.Globalization;
using System.IO.Hashing;
using System.Text;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Journal;

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
        breach.Sentence = Sentence(state, threshold, breach, earlier is null ? null : threshold.Target.Value(earlier));
        return breach;
    }

    public V1.Breach End(CountryState state, WatchedThreshold threshold, Stage stage)
    {
        var breach = threshold.Breach!.Clone();
        breach.State = stage == Stage.Resolved ? V1.Breach.Types.State.Resolved : V1.Breach.Types.State.Superseded;
        breach.Sequence++;
        breach.EndTime = Times.Stamp(state.Clock);
        if (threshold.Framework.Present.Score is { } score)
        {
            breach.EndScore = score;
        }

        var name = threshold.Definition.DisplayName;
        breach.Sentence = Prefix + (stage == Stage.Resolved
            ? $"{breach.CountryName}: “{name}” is resolved. {TargetName(state, threshold)} now stands at {Figures.Of(threshold.Target.Value(threshold.Framework.Present))}, after {Figures.Of(breach.TargetValue)} when it fired."
            : $"{breach.CountryName}: “{name}” ends without having been resolved, because the threshold was changed, disabled or deleted. The danger may go on.");
        return breach;
    }

    private string Prefix => exercise ? "EXERCISE. " : "";

    private string NameOf(string country) => _countries.TryGet(country, out var info) ? info.Name : country;

    private static string Id(string country, string threshold, long position)
        => $"{country}-{XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{country}/{threshold}/{position}"))):x16}";

    private static string TargetName(CountryState state, WatchedThreshold threshold)
    {
        var (framework, code) = (threshold.Framework, threshold.Definition.Target);
        return code.Length == 0 ? $"The risk under {framework.Active.Definition.DisplayName}"
            : threshold.Target.Leaf >= 0 ? Mapping.IndicatorName(state.Catalogue, code)
            : framework.Compiled.Nodes[threshold.Target.Node].Name is { Length: > 0 } name ? name : code;
    }

    private string Sentence(CountryState state, WatchedThreshold threshold, V1.Breach breach, double? earlier)
    {
        var definition = threshold.Definition;
        var text = new StringBuilder(Prefix);
        text.Append(CultureInfo.InvariantCulture, $"{breach.CountryName}: {TargetName(state, threshold)} stands at {Figures.Of(breach.TargetValue)}");
        if (definition.Target.Length == 0 && breach.Level.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" (level {breach.Level})");
        }

        text.Append(", ").Append(definition.Condition switch
        {
            V1.Condition.Above => $"at or above the threshold of {Figures.Of(definition.Value)}",
            V1.Condition.Below => $"at or below the threshold of {Figures.Of(definition.Value)}",
            V1.Condition.Rise => $"at least {Figures.Of(definition.Value)} above its lowest within {Figures.Span(definition.Window)}",
            _ => $"in the level {definition.Level} or a higher one",
        });
        if (threshold.For > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" for at least {Figures.Span(definition.For)}");
        }

        text.Append(earlier is { } was ? $", after {Figures.Of(was)} before. " : ". ");
        if (breach.Movements.Count > 0)
        {
            text.Append("What moved it most: ").AppendJoin("; ", breach.Movements.Take(3).Select(Movements.Words)).Append(". ");
        }

        text.Append(CultureInfo.InvariantCulture, $"{Figures.Percent(breach.Coverage)} of the weight has valid data");
        text.Append(breach.Interval is { } interval
            ? $"; the true value lies between {Figures.Of(interval.Lower)} and {Figures.Of(interval.Upper)} with a probability of {Figures.Of(interval.Probability)}."
            : ".");
        return text.ToString();
    }
}
