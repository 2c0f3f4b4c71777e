using Microsoft.Extensions.Configuration;

namespace EarlyWarning.ServiceDefaults.Telemetry;

/// <summary>
/// What OpenTelemetry's standard variables of the environment ask to be sent to a collector. Without an endpoint nothing is.
/// </summary>
/// <param name="Traces">Whether traces are.</param>
/// <param name="Metrics">Whether metrics are, beside <c>/metrics</c>.</param>
public sealed record OtlpExport(bool Traces, bool Metrics)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Reads what is asked for.</summary>
    /// <exception cref="InvalidDataException">An endpoint is none. OpenTelemetry would send to this machine in its place, without a
    /// word.</exception>
    public static OtlpExport Of(IConfiguration environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var enabled = !string.Equals(environment["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
        return new(enabled && Asks("TRACES"), enabled && Asks("METRICS"));

        bool Asks(string signal) =>
            (Names(environment, Endpoint) | Names(environment, $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"))
            && (environment[$"OTEL_{signal}_EXPORTER"] ?? "otlp") == "otlp";
    }

    private static bool Names(IConfiguration environment, string variable)
    {
        if (environment[variable] is not { Length: > 0 } address)
        {
            return false;
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? true
            : throw new InvalidDataException(
                $"{variable} is {address}. Give the collector's address with http:// or https://, or leave it out."
            );
    }
}
