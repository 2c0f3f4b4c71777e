using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Evaluating;

public sealed class ForecastJudgingTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private static readonly double[] s_probabilities =
    [
        .10,
        .20,
        .20,
        .50,
        .05,
        .30,
        .30,
        .20,
        .20,
        .40,
        .50,
        .05,
        .05,
        .30,
        .10,
        .40,
        .40,
        .70,
        .10,
        .30,
        .05,
    ];

    private static readonly int[] s_came = [0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0];

    [Fact]
    public async Task EvaluateForecasts_WithTies_EqualsRs()
    {
        // The figures of tests/Engine.Tests/Evaluation/forecasts.R.
        var answer = await house.Api.EvaluateForecasts(Request(), new FakeCall());

        var skill = answer.Skill;
        Assert.Equal((21, 7, 4), (skill.Count, skill.Events, skill.Top));
        Assert.Equal(0.84693877551020413, skill.Auc, 1e-14);
        Assert.Equal((V1.AucInterval.Clustered, 1), (skill.AucInterval, skill.AucUpper));
        Assert.Equal(0.68550368915340498, skill.AucLower, 1e-9);
        Assert.Equal(0.67142857142857137, skill.AveragePrecision, 1e-14);
        Assert.Equal(0.16333333333333333, skill.Brier, 1e-14);
        Assert.Equal(0.26500000000000001, answer.BrierSkill, 1e-14);
        Assert.Equal(0.47656167523822246, skill.LogScore, 1e-14);
        Assert.Equal(1.1784103488180329, answer.CalibrationLine.Intercept, 1e-9);
        Assert.Equal(1.8155370895899148, answer.CalibrationLine.Slope, 1e-9);
        Assert.Equal(0.9285714285714286, skill.RecallAtTop, 1e-14);
        Assert.Equal(0.84615384615384615, skill.FalseAlarmsPerHit, 1e-14);
        Assert.Equal([2.5 / 3, 1, 1], answer.Periods.Select(period => period.Skill.RecallAtTop));
        Assert.Equal(21, answer.Calibration.Sum(bin => bin.Count));
        Assert.Null(answer.LeadTimes);
    }

    [Fact]
    public async Task EvaluateForecasts_OutcomeOrProbabilityNotKnown_IsLeftOutAndCounted()
    {
        var request = Request();
        var whole = await house.Api.EvaluateForecasts(request, new FakeCall());
        request.Forecasts.Add(
            new V1.GivenForecast
            {
                Unit = "H",
                Time = Chronicle.EndOf(2001).Stamp(),
                Probability = 0.9,
            }
        );
        request.Forecasts.Add(
            new V1.GivenForecast
            {
                Unit = "I",
                Time = Chronicle.EndOf(2001).Stamp(),
                Outcome = true,
            }
        );
        request.Forecasts.Add(
            new V1.GivenForecast
            {
                Unit = "A",
                Time = Chronicle.EndOf(2004).Stamp(),
                Probability = 0.9,
            }
        );

        var answer = await house.Api.EvaluateForecasts(request, new FakeCall());

        Assert.Equal((2, 1), (answer.Unknown, answer.WithoutProbability));
        Assert.Equal([2, 0, 0, 1], answer.Periods.Select(period => period.LeftOut));
        Assert.Equal(whole.Skill, answer.Skill);
        Assert.False(answer.Periods[3].Skill.HasAuc || answer.Periods[3].Skill.HasRecallAtTop || answer.Periods[3].Skill.HasBaseRate);
    }

    [Fact]
    public async Task EvaluateForecasts_EventsWithATime_TellHowLongBefore()
    {
        // D's event of the middle of 2003 is on the lists of 2001 and 2002; C's, of 2002, ties for the last place of 2001's list of two.
        var request = Request();
        request.Top = 2;
        (request.Forecasts[3].Outcome, request.Forecasts[3].EventTime) = (true, Chronicle.EndOf(2002).AddDays(181).Stamp());
        (request.Forecasts[10].Outcome, request.Forecasts[10].EventTime) = (true, Chronicle.EndOf(2002).AddDays(181).Stamp());
        request.Forecasts[2].EventTime = Chronicle.EndOf(2001).AddDays(10).Stamp();

        var answer = await house.Api.EvaluateForecasts(request, new FakeCall());

        Assert.Equal((1, 1, 365 + 181), (answer.LeadTimes.Events, answer.LeadTimes.Missed, answer.LeadTimes.MedianDays));
    }

    [Fact]
    public async Task EvaluateForecasts_ScoresOfAnIndex_AreJudgedByTheirOrderAlone()
    {
        var request = Request();
        foreach (var one in request.Forecasts)
        {
            one.Probability *= 100;
        }

        request.Scores = true;
        var answer = await house.Api.EvaluateForecasts(request, new FakeCall());

        Assert.Equal(0.84693877551020413, answer.Skill.Auc, 1e-14);
        Assert.False(answer.Skill.HasBrier || answer.HasBrierSkill || answer.Skill.HasLogScore);
        Assert.Null(answer.CalibrationLine);
        Assert.Empty(answer.Calibration);
    }

    [Fact]
    public async Task EvaluateForecasts_BadRequests_AreRefusedByField()
    {
        await RefusedAsync("forecasts", request => request.Forecasts.Clear());
        await RefusedAsync("forecasts[1].unit", request => request.Forecasts[1].Unit = "");
        await RefusedAsync("forecasts[1].time", request => request.Forecasts[1].Time = null);
        await RefusedAsync("forecasts[1].probability", request => request.Forecasts[1].Probability = 1.2);
        await RefusedAsync("forecasts[1].probability", request => request.Forecasts[1].Probability = double.NaN);
        await RefusedAsync("forecasts[1].probability", request => (request.Scores, request.Forecasts[1].Probability) = (true, double.NaN));
        await RefusedAsync("forecasts[7]", request => request.Forecasts[7].Time = request.Forecasts[0].Time);
        await RefusedAsync("forecasts[0].event_time", request => request.Forecasts[0].EventTime = Chronicle.EndOf(2002).Stamp());
        await RefusedAsync("forecasts[3].event_time", request => request.Forecasts[3].EventTime = request.Forecasts[3].Time);
        await RefusedAsync("top", request => request.Top = 1001);
        await RefusedAsync("bins", request => request.Bins = 101);
    }

    private Task RefusedAsync(string field, Action<V1.EvaluateForecastsRequest> change)
    {
        var request = Request();
        change(request);
        return Refused.AtAsync(field, "INVALID_FIELD", () => house.Api.EvaluateForecasts(request, new FakeCall()));
    }

    private static V1.EvaluateForecastsRequest Request() =>
        new()
        {
            Top = 4,
            Forecasts =
            {
                s_probabilities.Select(
                    (p, i) =>
                        new V1.GivenForecast
                        {
                            Unit = $"{(char)('A' + (i % 7))}",
                            Time = Chronicle.EndOf(2001 + (i / 7)).Stamp(),
                            Probability = p,
                            Outcome = s_came[i] == 1,
                        }
                ),
            },
        };
}
