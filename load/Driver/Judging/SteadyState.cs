using System.Globalization;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Driver.Scenarios;

namespace EarlyWarning.Driver.Judging;

/// <summary>
/// Whether a flow ran evenly while it was measured, so that its figures are those of a state and not of a change. Where the load itself
/// changes there is none to be found.
/// </summary>
internal static class SteadyState
{
    /// <summary>A rate that drifts by more, by a line through all seconds, is none that stays.</summary>
    private const double MostDrift = 15;

    /// <summary>A median of the second half beyond so many times that of the first one says that a queue grows.</summary>
    private const double MostGrowth = 1.5;
    private const int Fewest = 8;

    public static SteadyReport Judge(Profile profile, IReadOnlyList<Window> windows)
    {
        if (
            profile is OpenProfile open
            && open.Segments.Any(segment => segment.From != segment.To || segment.From != open.Segments[0].From)
        )
        {
            return new(true, 0, "the load changes by intent");
        }

        if (windows.Count < Fewest)
        {
            return new(false, 0, $"too short to say: {windows.Count} s of at least {Fewest}");
        }

        var (first, second) = (Median(windows.Take(windows.Count / 2)), Median(windows.Skip(windows.Count / 2)));
        // Below a millisecond a median is the scheduler's.
        var grows = second > MostGrowth * first && second - first > 1;
        var drift = profile is ClosedProfile ? Drift(windows) : 0;
        var rate = profile is ClosedProfile ? $"rate drifts by {drift.ToString("+0;-0;0", CultureInfo.InvariantCulture)} %, " : "";
        return new(
            Math.Abs(drift) <= MostDrift && !grows,
            drift,
            $"{rate}median {first:0.0} ms in the first half and {second:0.0} ms in the second"
        );
    }

    /// <summary>In percent. Of an open flow the rate is the load's own, and what drifts there is the time of an answer.</summary>
    private static double Drift(IReadOnlyList<Window> windows)
    {
        var mean = windows.Average(window => window.Calls / window.Seconds);
        var line = Line.Through([.. windows.Select(window => (window.At, window.Calls / window.Seconds))]);
        return mean > 0 && line is { } fitted ? 100 * fitted.Slope * (windows[^1].At - windows[0].At) / mean : 0;
    }

    private static double Median(IEnumerable<Window> windows)
    {
        var medians = windows.Select(window => window.P50).OfType<double>().Order().ToList();
        return medians.Count == 0 ? 0 : medians[medians.Count / 2];
    }
}
