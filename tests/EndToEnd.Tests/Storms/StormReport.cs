using System.Globalization;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Storms;

/// <summary>What one receiver has seen of a storm.</summary>
internal sealed class StormReport
{
    private readonly string _name;
    private readonly int _again;
    private readonly TimeSpan[] _all;
    private readonly TimeSpan[] _emergencies;

    public StormReport(StormReceiver receiver)
    {
        var arrivals = receiver.Arrivals.OrderBy(arrival => arrival.At).ToList();
        (_name, Warnings, _again) = (
            receiver.Name,
            arrivals.Select(arrival => arrival.Breach).ToHashSet(),
            receiver.Calls - arrivals.Count
        );
        _all = Sorted(arrivals);
        _emergencies = Sorted(arrivals.Where(arrival => arrival.Severity == Severity.Emergency));
        Last = arrivals[^1].At;
        LongestOvertaken = Overtaken(arrivals);
    }

    public static string Header =>
        Row("receiver", "warnings", "again", "p50 s", "p99 s", "longest s", "emergency p50", "p99", "longest", "overtaken s");

    /// <summary>The breaches that it was told of.</summary>
    public IReadOnlySet<string> Warnings { get; }

    /// <summary>When the last warning came.</summary>
    public DateTimeOffset Last { get; }

    /// <summary>For how long an emergency had waited, at most, when something less severe came before it.</summary>
    public TimeSpan LongestOvertaken { get; }

    public override string ToString() =>
        Row(
            _name,
            Number(_all.Length),
            Number(_again),
            Quantile(_all, 0.5),
            Quantile(_all, 0.99),
            Quantile(_all, 1),
            Quantile(_emergencies, 0.5),
            Quantile(_emergencies, 0.99),
            Quantile(_emergencies, 1),
            Seconds(LongestOvertaken)
        );

    private static TimeSpan Overtaken(List<Arrival> arrivals)
    {
        // From the last to the first: the oldest of the emergencies that are still to come.
        var (longest, oldest) = (TimeSpan.Zero, DateTimeOffset.MaxValue);
        for (var i = arrivals.Count - 1; i >= 0; i--)
        {
            if (arrivals[i].Severity == Severity.Emergency)
            {
                oldest = arrivals[i].Made < oldest ? arrivals[i].Made : oldest;
            }
            else if (arrivals[i].At - oldest > longest)
            {
                longest = arrivals[i].At - oldest;
            }
        }

        return longest;
    }

    private static TimeSpan[] Sorted(IEnumerable<Arrival> arrivals) => [.. arrivals.Select(arrival => arrival.Delay).Order()];

    private static string Quantile(TimeSpan[] sorted, double share) =>
        Seconds(sorted[(int)Math.Min(sorted.Length * share, sorted.Length - 1)]);

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Row(string first, params ReadOnlySpan<string> rest)
    {
        var row = first.PadRight(10);
        foreach (var cell in rest)
        {
            row += cell.PadLeft(Math.Max(10, cell.Length + 2));
        }

        return row;
    }
}
