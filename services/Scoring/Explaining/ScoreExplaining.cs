using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Rankings;
using EarlyWarning.Scoring.Requests;
using EarlyWarning.Scoring.Scores;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Paging;

namespace EarlyWarning.Scoring.Explaining;

/// <summary>Explains a country's score, or that of values which came along.</summary>
internal sealed class ScoreExplaining(
    FrameworkResolver choices,
    CountryChoice countries,
    CountryValuesReader reader,
    Standings standings,
    ComputationGate gate,
    Suite suite
)
{
    public async Task<V1.ExplainScoreResponse> ExplainAsync(V1.ExplainScoreRequest request, CancellationToken cancellationToken)
    {
        RequestValues.Known(request.Baseline, "baseline");
        switch (request.SubjectCase)
        {
            case V1.ExplainScoreRequest.SubjectOneofCase.Name:
                var (framework, country) = choices.Risk(request.Name, "name", countries);
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
        var moment = Moment.Of(request.At);
        var revision = choices.Revision;
        var inputs = new FrameworkInputs(framework.Compiled);
        var state = inputs.Score(framework.Compiled, await reader.ReadAsync(country, inputs.Wanted, moment, cancellationToken));
        var standing = moment.IsNow
            ? await standings.StandAsync(
                framework,
                country,
                RankKey.Of(state),
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
}
