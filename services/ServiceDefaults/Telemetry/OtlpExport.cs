using Microsoft.Extensions.Configuration;

namespace EarlyWarning.ServiceDefaults.Telemetry;

/// <summary>What OpenTelemetry's standard variables of the environment ask to be sent to a collector. Without an endpoint nothing is.</summary>
/// <param name="Traces">Whether traces are.</param>
/// <param name="Metrics">Whether metrics are, beside <c>/metrics</c>.</param>
public sealed record OtlpExport(bool Traces, bool Metrics)
{
    /// <summary>Reads what is asked for.</summary>
    public static OtlpExport Of(IConfiguration environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var enabled = !string.Equals(environment["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
        return new(enabled && Asks("TRACES"), enabled && Asks("METRICS"));

        bool Asks(string signal) =>
            (environment["OTEL_EXPORTER_OTLP_ENDPOINT"] ?? environment[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]) is { Length: > 0 }
            && (environment[$"OTEL_{signal}_EXPORTER"] ?? "otlp") == "otlp";
    }
}
