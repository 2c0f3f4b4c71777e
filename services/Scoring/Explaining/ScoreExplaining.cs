using System.Collections.Immutable;
using EarlyWarning.Catalogue.Scores;
using EarlyWarning.Scoring.Api;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.Explanation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Rankings;
using EarlyWarning.Scoring.Scores;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;

namespace EarlyWarning.Scoring.Explaining;

/// <summary>Explains a country's score, or that of values which came along.</summary>
internal sealed class ScoreExplaining(
    FrameworkChoices choices,
    CountryChoice countries,
    CountryValuesReader reader,
    Standings standings,
    ComputationGate gate,
    Suite suite
)
{
    public async Task<V1.ExplainScoreResponse> ExplainAsync(V1.ExplainScoreRequest request, CancellationToken cancellationToken)
    {
        Requests.Known(request.Baseline, "baseline");
        switch (request.SubjectCase)
        {
            case V1.ExplainScoreRequest.SubjectOneofCase.Name:
                var (framework, country) = Requests.Risk(request.Name, "name", choices, countries);
                return await OfCountryAsync(request, framework, country, cancellationToken);
            case V1.ExplainScoreRequest.SubjectOneofCase.AdHoc:
                if (request.At is not null)
                {
                    throw Fault.Field(V1.ErrorReason.InvalidField, "at", "Values that come along have no moment. Leave it out.");
                }

                if (request.MinimumRevisions.Count > 0)
                {
                    throw Fault.Field(
                        V1.ErrorReason.InvalidField,
                        "minimum_revisions",
                        "Values that come along are of no revision. Leave them out."
                    );
                }

                var chosen = choices.Of(request.AdHoc.Framework, "ad_hoc.framework");
                var state = UnitInputs.Score(chosen, request.AdHoc.Unit, "ad_hoc.unit");
                return await AnswerAsync(
                    request,
                    chosen,
                    state,
                    request.AdHoc.Unit.Code,
                    state.Score is null ? null : 1,
                    cancellationToken
                );
            default:
                throw Fault.Field(V1.ErrorReason.InvalidField, "subject", "There is nothing to explain. Give a name, or values in ad_hoc.");
        }
    }

    private async Task<V1.ExplainScoreResponse> OfCountryAsync(
        V1.ExplainScoreRequest request,
        ChosenFramework framework,
        string country,
        CancellationToken cancellationToken
    )
    {
        RequestFilters.Countries(request.Countries, countries.Knows);
        var moment = Requests.Moment(request.At);
        var revision = choices.Revision;
        var inputs = new FrameworkInputs(framework.Compiled);
        var state = inputs.Score(framework.Compiled, await reader.ReadAsync(country, inputs.Wanted, moment, cancellationToken));
        var standing = moment.IsNow
            ? await standings.StandAsync(
                framework,
                country,
                Place.Of(state),
                request.Countries,
                request.MinimumRevisions.Count > 0,
                cancellationToken
            )
            : null;
        var answer = await AnswerAsync(request, framework, state, countries.NameOf(country), standing?.Rank, cancellationToken);
        (answer.RankedCount, answer.CatalogueRevision) = (standing?.Ranked ?? 0, revision);
        return answer;
    }

    private async Task<V1.ExplainScoreResponse> AnswerAsync(
        V1.ExplainScoreRequest request,
        ChosenFramework framework,
        ScoreState state,
        string subject,
        int? rank,
        CancellationToken cancellationToken
    )
    {
        var baseline = request.Baseline == V1.Baseline.ReferenceMean ? Baseline.ReferenceMean : Baseline.LeastRisk;
        if (baseline == Baseline.ReferenceMean && !framework.Compiled.HasReference)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "baseline",
                $"{framework.Name} has no reference set whose mean could be the baseline. Leave it out."
            );
        }

        // Sampling Shapley values and searching for changes takes longer than scoring.
        return await gate.RunAsync(
            () =>
                new V1.ExplainScoreResponse
                {
                    Explanation = new ExplainedScore(framework, state, baseline, subject, rank, suite.Exercise).Write(),
                },
            cancellationToken
        );
    }

    /// <summary>One explanation in the making.</summary>
    private sealed class ExplainedScore(
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
                explanation.FromUncertainty = state.Score.Value - explanation.Baseline - _amounts.Sum() - explanation.FromMissing;
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
                    .. _amounts.Select(
                        (amount, leaf) => new NamedAmount(framework.NameOf(framework.Compiled.Leaves[leaf].Indicator), amount)
                    ),
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
}
