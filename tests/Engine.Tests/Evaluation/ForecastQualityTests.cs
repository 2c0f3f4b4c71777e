using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Evaluation;

public class ForecastQualityTests
{
    [Fact]
    public void Measure_AnyCases_IsEachMeasureByItself() =>
        Forecasts.Any.Sample(cases =>
        {
            var quality = ForecastQuality.Measure(cases, topRanks: 5, calibrationBins: 4);

            Assert.Equal(cases.Length, quality.Count);
            Assert.Equal(cases.Count(item => item.Outcome), quality.Events);
            Assert.Equal(cases.Average(item => item.Outcome ? 1.0 : 0), quality.BaseRate, 1e-12);
            Assert.Equal(AreaUnderRoc.Measure(cases), quality.AreaUnderRoc);
            Assert.Equal(BrierScore.Measure(cases), quality.Brier);
            Assert.Equal(LogScore.Measure(cases), quality.LogScore!.Value);
            Assert.Equal(TopRanked.Measure(cases, 5).Hits, quality.Top.Hits);
            Assert.InRange(quality.Calibration!.Bins.Length, 1, 4);
            Assert.Equal(quality.AreaUnderRoc is null, quality.Curve is null);
        });

    [Fact]
    public void Measure_ScoresThatAreNoProbabilities_HasRanksAlone()
    {
        var quality = ForecastQuality.Measure(Forecasts.Of((80, 1), (20, 0)), probabilities: false);

        Assert.Equal(1, quality.AreaUnderRoc!.Value);
        Assert.Null(quality.Brier);
        Assert.Null(quality.BrierSkillOver(quality));
        Assert.Throws<FittingException>(() => ForecastQuality.Measure(Forecasts.Of((80, 1), (20, 0))));
        Assert.Equal("cases", Assert.Throws<FittingException>(() => ForecastQuality.Measure([], probabilities: false)).Subject);
    }

    [Fact]
    public void BrierSkillOver_BaseRate_IsTheShareThatIsBetter()
    {
        // Squared errors of 0.04 each beside 0.25 each.
        var model = ForecastQuality.Measure(Forecasts.Of((0.8, 1), (0.2, 0)));
        var reference = ForecastQuality.Measure(Forecasts.Of((0.5, 1), (0.5, 0)));

        Assert.Equal(1 - (0.04 / 0.25), model.BrierSkillOver(reference)!.Value, 1e-12);
        Assert.Equal(0, reference.BrierSkillOver(reference)!.Value, 1e-12);
    }
}
