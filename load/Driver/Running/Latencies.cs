using EarlyWarning.Driver.Reports;
using HdrHistogram;

namespace EarlyWarning.Driver.Running;

/// <summary>What histograms of microseconds say in milliseconds.</summary>
internal static class Latencies
{
    /// <summary>Reads the usual percentiles, and the whole distribution.</summary>
    public static Latency Of(HistogramBase histogram)
    {
        if (histogram.TotalCount == 0)
        {
            return new(0, 0, 0, 0, 0, 0, []);
        }

        return new(
            histogram.GetMean() / 1e3,
            At(50),
            At(90),
            At(99),
            At(99.9),
            histogram.GetMaxValue() / 1e3,
            [
                .. histogram
                    .Percentiles(5)
                    .Where(step => step.PercentileLevelIteratedTo < 100)
                    .Select(step => new PercentilePoint(step.PercentileLevelIteratedTo, step.ValueIteratedTo / 1e3)),
            ]
        );

        double At(double percentile) => histogram.GetValueAtPercentile(percentile) / 1e3;
    }

    /// <summary>
    /// Of a closed flow: adds the calls that each caller would have made while it waited, had it called on at its usual pace. The pace is
    /// the median answer and the thought after it.
    /// </summary>
    public static LongHistogram Corrected(HistogramBase histogram, TimeSpan think)
    {
        var corrected = FlowRecorder.NewHistogram();
        var pace = histogram.TotalCount == 0 ? 0 : histogram.GetValueAtPercentile(50) + (long)think.TotalMicroseconds;
        foreach (var recorded in histogram.RecordedValues())
        {
            var (value, count) = (recorded.ValueIteratedTo, recorded.CountAddedInThisIterationStep);
            corrected.RecordValueWithCount(Math.Min(value, corrected.HighestTrackableValue), count);
            for (var missed = value - pace; pace > 0 && missed >= pace; missed -= pace)
            {
                corrected.RecordValueWithCount(missed, count);
            }
        }

        return corrected;
    }
}
