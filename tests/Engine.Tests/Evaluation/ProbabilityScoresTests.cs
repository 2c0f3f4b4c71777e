using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Evaluation;

/// <summary>Brier score, log score and calibration curve.</summary>
public class ProbabilityScoresTests
{
    [Fact]
    public void Brier_AnyCasesAndBins_PartsAddUp() =>
        Gen.Select(Forecasts.Any, Gen.Int[1, 12].Nullable(0.4))
            .Sample(
                (cases, bins) =>
                {
                    var brier = BrierScore.Measure(cases, bins);

                    Assert.Equal(cases.Average(item => Math.Pow(item.Score - (item.Outcome ? 1 : 0), 2)), brier.Score, 1e-12);
                    Assert.Equal(brier.Score, brier.Reliability - brier.Resolution + brier.Uncertainty + brier.WithinBins, 1e-12);
                    Assert.InRange(brier.Resolution, 0, brier.Uncertainty + 1e-12);
                    if (bins is null)
                        Assert.Equal(0, brier.WithinBins, 1e-12);
                }
            );

    [Fact]
    public void Brier_Cases_ByHand()
    {
        // 0.2: one of four; 0.8: one of two. Base rate 1/3.
        // reliability = (4·0.05² + 2·0.3²) / 6, resolution = (4·(1/4 - 1/3)² + 2·(1/2 - 1/3)²) / 6, uncertainty = 2/9.
        var brier = BrierScore.Measure(Forecasts.Of((0.2, 1), (0.2, 0), (0.2, 0), (0.2, 0), (0.8, 1), (0.8, 0)));

        Assert.Equal(((4 * 0.0025) + (2 * 0.09)) / 6, brier.Reliability, 1e-15);
        Assert.Equal(((4.0 / 144) + (2.0 / 36)) / 6, brier.Resolution, 1e-15);
        Assert.Equal(2.0 / 9, brier.Uncertainty, 1e-15);
        Assert.Equal((0.64 + (3 * 0.04) + 0.04 + 0.64) / 6, brier.Score, 1e-15);
    }

    [Fact]
    public void LogScore_Cases_ByHand()
    {
        Assert.Equal(-(Math.Log(0.8) + Math.Log(0.5)) / 2, LogScore.Measure(Forecasts.Of((0.8, 1), (0.5, 0))), 1e-15);
        Assert.Equal(-Math.Log(1e-15), LogScore.Measure(Forecasts.Of((0, 1))), 1e-12);
        Assert.Equal(0, LogScore.Measure(Forecasts.Of((0, 0), (1, 1))));
    }

    [Fact]
    public void Calibration_NoTies_HasBinsOfEqualCount()
    {
        var cases = Enumerable.Range(0, 20).Select(i => new ScoredOutcome(i / 20.0, i % 3 == 0)).ToArray();

        var curve = CalibrationCurve.Measure(Forecasts.Turned(cases), 5);

        Assert.Equal([4, 4, 4, 4, 4], curve.Bins.Select(bin => bin.Count));
        Assert.Equal([2, 1, 1, 2, 1], curve.Bins.Select(bin => bin.Events));
        Assert.Equal(0.075, curve.Bins[0].MeanProbability, 1e-15);
        Assert.Equal((0, 0.15), (curve.Bins[0].Lowest, curve.Bins[0].Highest));
        Assert.Equal(0.5, curve.Bins[0].ObservedRate);
        Assert.Equal(curve.Bins.Average(bin => Math.Abs(bin.MeanProbability - bin.ObservedRate)), curve.ExpectedCalibrationError, 1e-15);
    }

    [Fact]
    public void Calibration_AnyCases_PartsNoTieAndLosesNone() =>
        Gen.Select(Forecasts.Any, Gen.Int[1, 12])
            .Sample(
                (cases, bins) =>
                {
                    var curve = CalibrationCurve.Measure(cases, bins);

                    Assert.Equal(cases.Length, curve.Bins.Sum(bin => bin.Count));
                    Assert.InRange(curve.Bins.Length, 1, bins);
                    for (var i = 1; i < curve.Bins.Length; i++)
                        Assert.True(curve.Bins[i].Lowest > curve.Bins[i - 1].Highest);
                    Assert.Equal(
                        curve.ExpectedCalibrationError,
                        CalibrationCurve.Measure(Forecasts.Turned(cases), bins).ExpectedCalibrationError,
                        1e-12
                    );
                }
            );

    [Fact]
    public void Measure_ScoreIsNoProbability_IsRefused()
    {
        var cases = Forecasts.Of((0.5, 1), (1.5, 0));

        Assert.Equal("cases[1]", Assert.Throws<FittingException>(() => BrierScore.Measure(cases)).Subject);
        Assert.Equal("cases[1]", Assert.Throws<FittingException>(() => LogScore.Measure(cases)).Subject);
        Assert.Equal("cases[1]", Assert.Throws<FittingException>(() => CalibrationCurve.Measure(cases)).Subject);
        Assert.Equal("cases", Assert.Throws<FittingException>(() => LogScore.Measure([])).Subject);
    }
}
