namespace EarlyWarning.ServiceDefaults.Status;

/// <summary>
/// A figure that an alarm can watch. Names are <c>earlywarning.</c>, the part, and the thing; units are OpenTelemetry's: <c>s</c>,
/// <c>By</c>, a noun in braces for what is counted, and none for what is 0 or 1.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Unit">The unit; <see langword="null"/> for what is 0 or 1.</param>
/// <param name="Description">The meaning, in a sentence.</param>
public sealed record Gauge(string Name, string? Unit, string Description)
{
    /// <summary>The value, by labels.</summary>
    public GaugeValue Is(double value, params (string Label, string Value)[] labels) =>
        new(this, value, [.. labels.Select(label => KeyValuePair.Create<string, object?>(label.Label, label.Value))]);

    /// <summary>The value, where it is known; nothing where it is not, because a zero would be a figure.</summary>
    public IEnumerable<GaugeValue> Known(double? value, params (string Label, string Value)[] labels) =>
        value is { } known ? [Is(known, labels)] : [];

    /// <summary>1 where it holds and 0 where it does not.</summary>
    public GaugeValue Is(bool holds, params (string Label, string Value)[] labels) => Is(holds ? 1 : 0, labels);

    /// <summary>The age of what began then; 0 where there is nothing of the kind.</summary>
    public GaugeValue Age(DateTimeOffset? since, DateTimeOffset now, params (string Label, string Value)[] labels) =>
        Is(since is { } moment ? Math.Max(0, (now - moment).TotalSeconds) : 0, labels);
}
