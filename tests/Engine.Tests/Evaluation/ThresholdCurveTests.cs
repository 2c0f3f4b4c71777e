using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Evaluation;

namespace EarlyWarning.Engine.Tests.Evaluation;

public class ThresholdCurveTests
{
    [Fact]
    public void Measure_AnyCases_CountsAtEachThreshold() =>
        Forecasts.Any.Sample(cases =>
        {
            var curve = ThresholdCurve.Measure(cases);

            Assert.Equal(cases.Select(item => item.Outcome).Distinct().Count() < 2, curve is null);
            if (curve is null)
                return;
            Assert.Equal(cases.Select(item => item.Score).Distinct().OrderDescending(), curve.Points.Select(point => point.Threshold));
            foreach (var point in curve.Points)
            {
                var warned = cases.Where(item => item.Score >= point.Threshold).ToArray();
                Assert.Equal(warned.Count(item => item.Outcome) / (double)warned.Length, point.Precision, 1e-12);
                Assert.Equal(warned.Count(item => item.Outcome) / (double)cases.Count(item => item.Outcome), point.Recall, 1e-12);
                Assert.Equal(
                    warned.Count(item => !item.Outcome) / (double)cases.Count(item => !item.Outcome),
                    point.FalsePositiveRate,
                    1e-12
                );
            }

            // The trapezoids under the points are the area that the pairs give.
            double area = 0;
            var before = default(RocPoint);
            foreach (var point in curve.Points)
            {
                area += (point.FalsePositiveRate - before.FalsePositiveRate) * (point.Recall + before.Recall) / 2;
                before = point;
            }

            Assert.Equal(AreaUnderRoc.Measure(cases)!.Value, area, 1e-12);
            Assert.Equal(curve.AveragePrecision, ThresholdCurve.Measure(Forecasts.Turned(cases))!.AveragePrecision, 1e-12);
        });

    [Fact]
    public void AveragePrecision_Cases_ByHand()
    {
        // Ranked: event, other, event, other. Recall rises by ½ at precision 1 and by ½ at precision 2/3.
        var curve = ThresholdCurve.Measure(Forecasts.Of((0.9, 1), (0.8, 0), (0.7, 1), (0.1, 0)));

        Assert.Equal((0.5 * 1) + (0.5 * 2 / 3), curve!.AveragePrecision, 1e-15);
    }

    [Fact]
    public void AveragePrecision_AllTied_IsTheBaseRate() =>
        Assert.Equal(0.25, ThresholdCurve.Measure(Forecasts.Of((0.3, 1), (0.3, 0), (0.3, 0), (0.3, 0)))!.AveragePrecision, 1e-15);
}
