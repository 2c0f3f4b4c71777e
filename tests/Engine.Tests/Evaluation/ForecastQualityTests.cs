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
        Assert.Throws<FittingException>(() => ForecastQuality.Measure(Forecasts.Of((80, 1), (20, 0))));
        Assert.Equal("cases", Assert.Throws<FittingException>(() => ForecastQuality.Measure([], probabilities: false)).Subject);
    }
}
