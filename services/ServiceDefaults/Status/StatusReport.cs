namespace EarlyWarning.ServiceDefaults.Status;

/// <summary>How a source stands at one moment.</summary>
/// <param name="Lines">What operators see; for each line that is not OK, what to do.</param>
/// <param name="Measured">The values of its gauges; nothing of a gauge that has no value.</param>
public sealed record StatusReport(IReadOnlyList<V1.StatusLine> Lines, IReadOnlyList<GaugeValue> Measured)
{
    /// <summary>Makes one of lines alone.</summary>
    public StatusReport(params IReadOnlyList<V1.StatusLine> lines)
        : this(lines, []) { }
}

/// <summary>A value of a gauge.</summary>
/// <param name="Gauge">Which.</param>
/// <param name="Value">The value, in the gauge's unit.</param>
/// <param name="Labels">What tells it from the gauge's other values; few in number.</param>
public readonly record struct GaugeValue(Gauge Gauge, double Value, params KeyValuePair<string, object?>[] Labels);
