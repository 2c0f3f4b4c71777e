using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Explaining;

/// <summary>Says a country's state in the words of the contract.</summary>
/// <param name="exercise">Everything is an exercise.</param>
internal sealed class CountryRisks(bool exercise)
{
    private readonly Contracts.Countries.Countries _countries = Contracts.Countries.Countries.For(exercise);

    public V1.CountryRisk Risk(CountryState state, FrameworkState framework, long at, bool nodes, bool faulty)
    {
        var present = framework.Present;
        var risk = new V1.CountryRisk
        {
            Name = Names.Risk(framework.Active.Id, state.Country),
            Country = state.Country,
            CountryName = _countries.TryGet(state.Country, out var country) ? country.Name : state.Country,
            Framework = Names.Version(framework.Active.Id, framework.Active.Version),
            Level = Levels.Name(present),
            Coverage = present.Coverage,
            Interval = Mapping.Interval(framework),
            LevelProbabilities = { Mapping.Levels(framework) },
            Revision = state.Position,
            At = Times.Stamp(at),
            Faulty = faulty,
            Exercise = exercise,
            Outlook = Outlook(framework, at),
        };
        if (present.Score is { } score)
        {
            risk.Score = score;
        }

        if (framework.Trend.Of(present.Score, at) is { } trend)
        {
            risk.Trend = trend;
        }

        if (framework.ChangeTime > 0)
        {
            risk.ChangeTime = Times.Stamp(framework.ChangeTime);
        }

        foreach (var threshold in state.Thresholds.Watched)
        {
            risk.FiringThresholds += threshold.Stage == Stage.Firing && ReferenceEquals(threshold.Framework, framework) ? 1 : 0;
        }

        if (nodes)
        {
            AddNodes(risk, present);
        }

        return risk;
    }

    public V1.ExplainCountryRiskResponse Explain(CountryState state, FrameworkState framework, long at, bool faulty)
    {
        var risk = Risk(state, framework, at, nodes: true, faulty);
        var logistic = framework.Compiled.Model is LogisticFramework;
        var explanation = new V1.ExplainCountryRiskResponse
        {
            Risk = risk,
            Baseline = framework.Compiled.BaselineScore,
            BaselineDescription = logistic ? "every predictor at its stated value, or at 0 without one" : "every indicator at its goalpost of least risk",
        };
        explanation.Contributions.AddRange(Contributions.Of(state, framework));
        explanation.Sentence = Sentence(risk, framework, explanation);
        return explanation;
    }

    private static V1.Outlook? Outlook(FrameworkState framework, long at)
    {
        var (state, coverage) = framework.Outlook(at);
        if (state is null)
        {
            return null;
        }

        var outlook = new V1.Outlook { Level = Levels.Name(state), Coverage = coverage };
        if (state.Score is { } score)
        {
            outlook.Score = score;
        }

        return outlook;
    }

    private static void AddNodes(V1.CountryRisk risk, ScoreState state)
    {
        var nodes = state.Framework.Nodes;
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            var depth = 0;
            for (var parent = nodes[i].Parent; parent >= 0; parent = nodes[parent].Parent)
            {
                depth++;
            }

            var node = new V1.NodeScore { Code = nodes[i].Code, DisplayName = nodes[i].Name, Depth = depth, Coverage = state.NodeCoverage(i) };
            if (state.NodeScore(i) is { } score)
            {
                node.Score = score;
            }

            risk.Nodes.Add(node);
        }
    }

    private string Sentence(V1.CountryRisk risk, FrameworkState framework, V1.ExplainCountryRiskResponse explanation)
    {
        var prefix = exercise ? "EXERCISE. " : "";
        var stale = explanation.Contributions.Count(contribution => contribution.Stale);
        var data = $"{Figures.Percent(risk.Coverage)} of the weight has valid data{(stale > 0 ? $", and {stale} of the indicators are out of date" : "")}";
        if (!risk.HasScore)
        {
            return $"{prefix}{risk.CountryName} has no score under {framework.Active.Definition.DisplayName}: {data}. That is no sign of a low risk.";
        }

        var largest = explanation.Contributions.Where(contribution => contribution.Amount != 0).Take(3)
            .Select(contribution => $"{contribution.DisplayName} ({Figures.Signed(contribution.Amount)})");
        var firing = risk.FiringThresholds > 0
            ? $" {risk.FiringThresholds} threshold{(risk.FiringThresholds == 1 ? " is" : "s are")} firing{(stale > 0 ? "; data that goes out of date never ends that" : "")}."
            : "";
        return $"{prefix}{risk.CountryName} stands at {Figures.Of(risk.Score)} (level {risk.Level}) under {framework.Active.Definition.DisplayName}. "
            + $"Most of it comes from {string.Join(", ", largest)}. {data}.{firing}";
    }
}
