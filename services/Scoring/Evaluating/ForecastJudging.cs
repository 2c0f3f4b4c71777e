using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Requests;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Evaluating;

/// <summary>Judges forecasts that come along, whoever made them, by the measures that back-tests use.</summary>
internal sealed class ForecastJudging(ComputationGate gate)
{
    private const int MostBins = 100;
    private const int StandardBins = 10;

    public async Task<V1.EvaluateForecastsResponse> JudgeAsync(V1.EvaluateForecastsRequest request, CancellationToken cancellationToken)
    {
        var top = Skills.Top(request.Top);
        var bins = RequestValues.Count(request.Bins, StandardBins, 1, MostBins, "bins");
        var given = GivenForecasts.Of(request);
        return await gate.RunAsync(() => Judge(given, top, bins, !request.Scores), cancellationToken);
    }

    private static V1.EvaluateForecastsResponse Judge(GivenForecasts given, int top, int bins, bool probabilities)
    {
        var byPeriod = given.Cases.ToLookup(one => one.Period);
        var response = new V1.EvaluateForecastsResponse
        {
            Skill = Skills.Of(given.Cases, top, probabilities),
            Curve = { Skills.Curve(given.Cases) },
            Periods =
            {
                given.Times.Select(
                    (time, period) =>
                        new V1.GivenPeriodSkill
                        {
                            Time = Timestamp.FromDateTimeOffset(time),
                            Skill = Skills.Of([.. byPeriod[period]], top, probabilities),
                            LeftOut = given.LeftOut[period],
                        }
                ),
            },
            Unknown = given.Unknown,
            WithoutProbability = given.WithoutProbability,
            LeadTimes = ListedLeads.Measure(given, byPeriod, top),
        };
        if (probabilities && given.Cases.Length > 0)
        {
            AddProbabilities(response, given.Cases, bins);
        }

        return response;
    }

    private static void AddProbabilities(V1.EvaluateForecastsResponse response, ScoredOutcome[] cases, int bins)
    {
        if (BrierScore.Measure(cases) is { Uncertainty: > 0 } brier)
        {
            response.BrierSkill = 1 - (brier.Score / brier.Uncertainty);
        }

        if (CalibrationLine.Fit(cases) is { } line)
        {
            response.CalibrationLine = new() { Slope = line.Slope, Intercept = line.Intercept };
        }

        response.Calibration.AddRange(Skills.Calibration(cases, bins));
    }
}
