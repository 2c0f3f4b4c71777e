using System.Globalization;

namespace EarlyWarning.Driver.Measuring;

/// <summary>What a suite says of itself at <c>/metrics</c>, the sums over all labels.</summary>
internal sealed class SuiteMetrics(HttpClient client)
{
    public const string StoreSize = "earlywarning_store_size_bytes";
    public const string WriteTime = "earlywarning_store_write_time_seconds";
    public const string InFlight = "earlywarning_intake_in_flight";
    public const string Appends = "earlywarning_risk_journal_appends_total";
    public const string Recorded = "earlywarning_risk_observations_recorded_total";
    public const string IntakeSeconds = "earlywarning_intake_duration_seconds_sum";
    public const string IntakeCount = "earlywarning_intake_duration_seconds_count";

    private static readonly HashSet<string> s_read = new(StringComparer.Ordinal)
    {
        StoreSize,
        WriteTime,
        InFlight,
        Appends,
        Recorded,
        IntakeSeconds,
        IntakeCount,
    };

    /// <summary>Asks for them; empty where the suite does not answer.</summary>
    public async Task<IReadOnlyDictionary<string, double>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Parse(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return new Dictionary<string, double>();
        }
    }

    /// <summary>Reads the text form of Prometheus.</summary>
    public static IReadOnlyDictionary<string, double> Parse(string text)
    {
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (line.IndexOfAny(['{', ' ']) is var end and > 0 && s_read.Contains(line[..end]))
            {
                // A value, and perhaps a time after it; label values may hold spaces.
                var rest = line[end] == '{' ? line[(line.LastIndexOf('}') + 1)..] : line[end..];
                var value = double.Parse(rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
                values[line[..end]] = values.GetValueOrDefault(line[..end]) + value;
            }
        }

        return values;
    }
}
