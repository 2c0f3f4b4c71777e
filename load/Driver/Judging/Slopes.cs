using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Reports;

namespace EarlyWarning.Driver.Judging;

/// <summary>What grows while the load lasts.</summary>
internal static class Slopes
{
    /// <summary>Over fewer seconds a slope is noise.</summary>
    private const int FewestSeconds = 60;

    public static SlopeReport Of(IReadOnlyList<MachineSample> samples, double warmup)
    {
        // The second half: what is filled at the beginning, such as caches and the collector's generations, does not go on growing.
        var from = warmup + ((samples.Count == 0 ? 0 : samples[^1].At - warmup) / 2);
        var memory = samples
            .Where(sample => sample.At >= from && sample.Megabytes.ContainsKey("suite"))
            .Select(sample => (sample.At / 3600, sample.Megabytes["suite"]))
            .ToList();
        var store = samples.Where(sample => sample.Metrics.ContainsKey(SuiteMetrics.StoreSize)).ToList();
        double? perItem = null,
            perHour = null;
        if (store is [var first, .., var last])
        {
            var grown = last.Metrics[SuiteMetrics.StoreSize] - first.Metrics[SuiteMetrics.StoreSize];
            var recorded = last.Metrics.GetValueOrDefault(SuiteMetrics.Recorded) - first.Metrics.GetValueOrDefault(SuiteMetrics.Recorded);
            perItem = recorded > 0 ? grown / recorded : null;
            perHour = grown / 1e6 / ((last.At - first.At) / 3600);
        }

        return new(memory.Count >= FewestSeconds ? Line.Through(memory)?.Slope : null, perItem, perHour);
    }
}
