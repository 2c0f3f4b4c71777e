using EarlyWarning.Catalogue.Scores;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Risk.States;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Queries;

/// <summary>Says a country's state in the words of the contract.</summary>
/// <param name="exercise">Everything is an exercise.</param>
internal sealed class RiskMessages(bool exercise)
{
    private const int MostNames = 3;

    private readonly Catalogue.States.Countries _countries = Catalogue.States.Countries.For(exercise);

    /// <summary>Says a country's risk; without ranges, which <see cref="AddRanges"/> adds.</summary>
    public V1.CountryRisk Risk(CountryState state, FrameworkState framework, long at, bool nodes, bool faulty)
    {
        var present = framework.Present;
        var risk = new V1.CountryRisk
        {
            Name = ResourceNames.Risk(framework.Active.Id, state.Country),
            Country = state.Country,
            CountryName = _countries.TryGet(state.Country, out var country) ? country.Name : state.Country,
            Framework = ResourceNames.Version(framework.Active.Id, framework.Active.Version),
            State = ScoreParts.State(present.Score),
            Coverage = present.Coverage,
            Revision = state.Position,
            At = Timestamps.Stamp(at),
            Faulty = faulty,
            Exercise = exercise,
            Outlook = Outlook(framework, at),
        };
        AddLevel(risk, framework);
        if (present.Score is { } score)
        {
            risk.Score = score;
        }

        if (present.UnknownErrorShare(framework.Compiled.Root) is { } unknown)
        {
            risk.UnknownErrorShare = unknown;
        }

        if (framework.Trend.Of(present.Score, at) is { } trend)
        {
            risk.Trend = trend;
        }

        if (framework.ChangeTime > 0)
        {
            risk.ChangeTime = Timestamps.Stamp(framework.ChangeTime);
        }

        foreach (var threshold in state.Thresholds.Watched)
        {
            risk.FiringThresholds += threshold.Stage == Stage.Firing && ReferenceEquals(threshold.Framework, framework) ? 1 : 0;
        }

        if (nodes || present.Score is null)
        {
            risk.Missing.AddRange(
                MissingParts.Of(
                    present,
                    code => Labels.IndicatorName(state.Catalogue, code),
                    leaf => framework.Indicator(leaf)?.Chosen is not null
                )
            );
        }

        return risk;
    }

    /// <summary>Adds what is drawn from the state that a risk was said of.</summary>
    public static void AddRanges(V1.CountryRisk risk, ScoreState state, ScoreRanges ranges, bool nodes)
    {
        risk.Interval = ScoreParts.Interval(ranges.Nodes[state.Framework.Root]);
        risk.LevelProbabilities.AddRange(ScoreParts.Levels(state.Framework, ranges));
        risk.LikeliestLevel = ScoreParts.LikeliestLevel(state, ranges);
        if (nodes)
        {
            risk.Nodes.AddRange(ScoreParts.Nodes(state, ranges));
        }
    }

    public V1.ExplainCountryRiskResponse Explain(CountryState state, FrameworkState framework, long at, bool faulty)
    {
        var risk = Risk(state, framework, at, nodes: true, faulty);
        var logistic = framework.Compiled.Model is LogisticFramework;
        var explanation = new V1.ExplainCountryRiskResponse
        {
            Risk = risk,
            Baseline = framework.Present.BaselineScore(),
            BaselineDescription = logistic
                ? "every predictor at its stated value, or at 0 without one; parts are shares of the log-odds, scaled to the probability"
                : "every indicator at its goalpost of least risk",
        };
        explanation.Contributions.AddRange(Contributions.Of(state.Catalogue, framework, state.Clock));
        if (risk.HasScore)
        {
            explanation.FromMissing = framework.Present.FromMissing(framework.Compiled.Root);
            explanation.FromUncertainty = framework.Present.FromUncertainty(framework.Compiled.Root);
        }

        explanation.Sentence = Sentence(risk, framework, explanation);
        return explanation;
    }

    private static void AddLevel(V1.CountryRisk risk, FrameworkState framework)
    {
        var (present, compiled) = (framework.Present, framework.Compiled);
        risk.Level = ScoreParts.LevelName(compiled, present.LevelIndex);
        risk.LevelAtLeast = ScoreParts.LevelName(compiled, present.LevelAtLeast);
        if (Math.Max(present.LevelIndex, present.LevelAtLeast) is >= 0 and var level)
        {
            risk.LevelOrder = level;
        }

        if (present.DecidingNode is >= 0 and var node)
        {
            risk.DecidingNode = ScoreParts.NodeCode(compiled, node);
            risk.DecidingNodeName = ScoreParts.NodeName(compiled, node);
            (risk.LevelObservations, risk.LevelSources) = framework.Basis(compiled.Nodes[node].FirstLeaf, compiled.Nodes[node].LeafCount);
        }
    }

    private static V1.Outlook? Outlook(FrameworkState framework, long at)
    {
        var (state, coverage) = framework.Outlook(at);
        if (state is null)
        {
            return null;
        }

        var outlook = new V1.Outlook
        {
            State = ScoreParts.State(state.Score),
            Level = ScoreParts.LevelName(state.Framework, state.LevelIndex),
            LevelAtLeast = ScoreParts.LevelName(state.Framework, state.LevelAtLeast),
            DecidingNode = ScoreParts.NodeCode(state.Framework, state.DecidingNode),
            Coverage = coverage,
        };
        if (state.Score is { } score)
        {
            outlook.Score = score;
        }

        return outlook;
    }

    private string Sentence(V1.CountryRisk risk, FrameworkState framework, V1.ExplainCountryRiskResponse explanation)
    {
        var prefix = exercise ? "EXERCISE. " : "";
        var stale = explanation.Contributions.Count(contribution => contribution.Stale);
        var outdated = stale > 0 ? $", and {stale} of the indicators are out of date" : "";
        var data = $"{NumberText.Percent(risk.Coverage)} of the weight has valid data{outdated}";
        if (!risk.HasScore)
        {
            var atLeast =
                risk.LevelAtLeast.Length > 0 ? $" Its level is {risk.LevelAtLeast} or higher{By(risk, framework, explanation)}." : "";
            return $"{prefix}{risk.CountryName} has no score under {framework.Active.Definition.DisplayName}: {data}. That is no sign of "
                + $"a low risk.{atLeast}";
        }

        var of = new Quantity(
            framework.Active.Definition.DisplayName,
            framework.Compiled.Model is LogisticFramework ? Scale.Probability : Scale.Hundred
        );
        var largest = explanation
            .Contributions.Where(contribution => contribution.Amount != 0)
            .Take(MostNames)
            .Select(contribution => $"{contribution.DisplayName} ({of.Change(contribution.Amount)})")
            .ToList();
        var firing =
            risk.FiringThresholds > 0
                ? $" {risk.FiringThresholds} threshold{(risk.FiringThresholds == 1 ? " is" : "s are")} "
                    + $"firing{(stale > 0 ? "; data that goes out of date never ends that" : "")}."
                : "";
        return $"{prefix}{risk.CountryName}: {of.Name}: {of.Of(risk.Score)}, level "
            + $"{risk.Level}{By(risk, framework, explanation)}.{of.Caution}"
            + $"{(largest.Count > 0 ? $" Most of it comes from {string.Join(", ", largest)}." : "")} {data}.{firing}";
    }

    // The index says by its score already why the level is what it is; of another node it is said what makes it up, before anything else is
    // explained.
    private static string By(V1.CountryRisk risk, FrameworkState framework, V1.ExplainCountryRiskResponse explanation)
    {
        if (framework.Present.DecidingNode is not (>= 0 and var node) || node == framework.Compiled.Root)
        {
            return "";
        }

        var parts = new double[framework.Compiled.LeafCount];
        framework.Present.NodeContributions(node, parts);
        var first = parts
            .Index()
            .Where(part => part.Item > 0)
            .OrderByDescending(part => part.Item)
            .Take(MostNames)
            .Select(part => framework.Compiled.Leaves[part.Index].Indicator)
            .Select(code => explanation.Contributions.First(contribution => contribution.Indicator == code).DisplayName)
            .ToList();
        var alone = risk.LevelSources == 1 ? "; from one source alone" : "";
        return $", by {risk.DecidingNodeName}{(first.Count > 0 ? $" (above all {string.Join(", ", first)}{alone})" : "")}";
    }
}
