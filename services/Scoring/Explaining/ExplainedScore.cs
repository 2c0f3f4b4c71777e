using System.Collections.Immutable;
using EarlyWarning.Catalogue.Scores;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Explanation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Scores;

namespace EarlyWarning.Scoring.Explaining;

/// <summary>One explanation in the making.</summary>
internal sealed class ExplainedScore(
    ChosenFramework framework,
    ScoreState state,
    Baseline baseline,
    string subject,
    int? rank,
    bool exercise
)
{
    private readonly double[] _amounts = new double[framework.Compiled.LeafCount];
    private readonly double[] _errors = new double[framework.Compiled.LeafCount];

    public V1.ScoreExplanation Write()
    {
        if (framework.Compiled.Model is CompositeFramework)
        {
            state.Contributions(_amounts, baseline, _errors);
        }
        else
        {
            ProbabilityShares.Of(state, _amounts, _errors);
        }

        var moves = NearestChanges.Find(state, LevelStep.Lower, Ranges());
        var lowering = (moves?.Alone ?? []).Select(move => Lowering(move, moves!.NextLevel)).ToArray();
        var explanation = new V1.ScoreExplanation
        {
            Score = UnitScores.Of(framework, subject, state, rank),
            Baseline = state.Score is null ? 0 : state.BaselineScore(baseline),
            BaselineDescription = BaselineWords(),
            Lowering = { lowering },
        };
        if (state.Score is not null)
        {
            explanation.FromMissing = state.FromMissing(state.Framework.Root);
            explanation.FromUncertainty = state.FromUncertainty(state.Framework.Root);
            explanation.Indicators.AddRange(
                Enumerable
                    .Range(0, _amounts.Length)
                    .OrderByDescending(leaf => _amounts[leaf])
                    .ThenBy(leaf => framework.Compiled.Leaves[leaf].Indicator, StringComparer.Ordinal)
                    .Select(Indicator)
            );
            explanation.Nodes.AddRange(Nodes());
        }

        explanation.Sentence = $"{(exercise ? "EXERCISE. " : "")}{PlainSentence.Of(Facts(lowering, explanation.Score.Interval))}";
        return explanation;
    }

    private V1.Part Indicator(int leaf)
    {
        var code = framework.Compiled.Leaves[leaf].Indicator;
        var part = new V1.Part
        {
            Code = code,
            DisplayName = framework.NameOf(code),
            Amount = _amounts[leaf],
            StandardError = _errors[leaf],
            Imputed = state.IsImputed(leaf),
        };
        if (state.LeafValue(leaf) is { } value)
        {
            part.Value = value;
        }

        return part;
    }

    /// <summary>A node adds what the indicators below it add; the index first.</summary>
    private IEnumerable<V1.Part> Nodes()
    {
        for (var node = framework.Compiled.Root; node >= 0; node--)
        {
            var info = framework.Compiled.Nodes[node];
            var leaves = Enumerable.Range(info.FirstLeaf, info.LeafCount).ToArray();
            yield return new()
            {
                Code = info.Code,
                DisplayName = info.Name,
                Amount = leaves.Sum(leaf => _amounts[leaf]),
                StandardError = Math.Sqrt(leaves.Sum(leaf => _errors[leaf] * _errors[leaf])),
            };
        }
    }

    private V1.NearestChange Lowering(LeafMove move, int level) =>
        new()
        {
            Indicator = move.Indicator,
            DisplayName = framework.NameOf(move.Indicator),
            From = move.From,
            To = move.To,
            ShareOfRange = Math.Min(1, move.Share),
            Level = framework.Compiled.Model.Bands[level].Name,
        };

    private ScoreFacts Facts(V1.NearestChange[] lowering, V1.Interval? range) =>
        new()
        {
            Subject = subject,
            Framework = framework.Definition.DisplayName,
            Score = state.Score,
            IsProbability = framework.Compiled.Model is not CompositeFramework,
            Level = ScoreParts.LevelName(framework.Compiled, state.LevelIndex),
            DecidingNode =
                state.DecidingNode is >= 0 and var node && node != framework.Compiled.Root ? framework.Compiled.Nodes[node].Name : "",
            Interval = range is null ? null : new NodeRange(range.Lower, range.Upper, range.Probability),
            Baseline = BaselineWords(),
            Contributions =
            [
                .. _amounts.Select((amount, leaf) => new NamedAmount(framework.NameOf(framework.Compiled.Leaves[leaf].Indicator), amount)),
            ],
            Coverage = state.Coverage,
            Missing =
            [
                .. framework
                    .Compiled.Leaves.Where(leaf => state.LeafValue(leaf.Index) is null)
                    .OrderByDescending(leaf => leaf.EffectiveWeight)
                    .Select(leaf => framework.NameOf(leaf.Indicator)),
            ],
            Nearest = lowering is [var nearest, ..]
                ? new(nearest.DisplayName, nearest.From, nearest.To, framework.Indicators(nearest.Indicator)?.Unit ?? "", nearest.Level)
                : null,
        };

    private string BaselineWords() =>
        (baseline, framework.Compiled.Model) switch
        {
            (Baseline.ReferenceMean, _) => "every indicator at the mean of the reference set",
            (_, CompositeFramework) => "every indicator at its least risk",
            _ => "every predictor at its stated value, or at 0 without one; parts are Shapley values of the probability itself",
        };

    private ImmutableDictionary<string, ValueRange> Ranges() =>
        framework
            .Compiled.Leaves.Select(leaf => framework.Indicators(leaf.Indicator))
            .Where(indicator => indicator is { HasMinimum: true, HasMaximum: true })
            .ToImmutableDictionary(
                indicator => indicator!.Code,
                indicator => new ValueRange(indicator!.Minimum, indicator.Maximum),
                StringComparer.Ordinal
            );
}
