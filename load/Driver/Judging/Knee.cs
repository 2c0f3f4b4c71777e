using EarlyWarning.Driver.Reports;

namespace EarlyWarning.Driver.Judging;

/// <summary>Where a suite gives way under a rate that rises.</summary>
internal static class Knee
{
    /// <summary>A p99 beyond it, for so many seconds in a row, is no hiccup.</summary>
    private const double Milliseconds = 250;
    private const int InARow = 3;

    /// <summary>In words; the rate of the flow rises from second to second.</summary>
    public static string Say(FlowReport flow, double warmup)
    {
        var windows = flow.Windows.Where(window => window.At > warmup && window.P99 is not null).ToList();
        for (var i = 0; i + InARow <= windows.Count; i++)
        {
            if (windows.Skip(i).Take(InARow).All(window => window.P99 > Milliseconds))
            {
                var before = windows.Take(i).Select(window => window.Items / window.Seconds).DefaultIfEmpty(0).Max();
                return $"The knee: up to {before:N0} {flow.Unit} a second p99 of a second stays within {Milliseconds:0} ms; after "
                    + $"{windows[i].At - warmup:0} s it does not.";
            }
        }

        return $"No knee: p99 of a second stays within {Milliseconds:0} ms up to "
            + $"{windows.Select(window => window.Items / window.Seconds).DefaultIfEmpty(0).Max():N0} {flow.Unit} a second.";
    }
}
