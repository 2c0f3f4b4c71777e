using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Host.Options;

/// <summary>
/// Where the Dapr sidecar of one app id is, and by what the two know each other: a section such as <c>dapr-risk</c>, whose keys the
/// environment has as <c>EW_DAPR_RISK_GRPC</c> and so on.
/// </summary>
internal sealed class DaprOptions : IValidatableObject
{
    /// <summary>The address of the sidecar's gRPC API; <see langword="null"/> where no sidecar is named.</summary>
    public string? Grpc { get; set; }

    /// <summary>The address of its HTTP API, which its health is asked at.</summary>
    public string? Http { get; set; }

    /// <summary>
    /// The loopback port on which the app is called back; several where the sidecar is this suite's own and the app runs as several
    /// processes.
    /// </summary>
    public IReadOnlyList<int> AppPort { get; set; } = [];

    /// <summary>The token that the sidecar asks of its app; <see langword="null"/> for what <c>DAPR_API_TOKEN</c> says.</summary>
    public string? ApiToken { get; set; }

    /// <summary>The token that it sends with each delivery; <see langword="null"/> for what <c>APP_API_TOKEN</c> says.</summary>
    public string? AppToken { get; set; }

    /// <summary>An address of http or https; <see langword="null"/> where a text is none.</summary>
    public static Uri? Address(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Grpc is not null && Address(Grpc) is null)
        {
            yield return new("Write an address such as http://127.0.0.1:50001.", [nameof(Grpc)]);
        }

        if (Http is not null && Address(Http) is null)
        {
            yield return new("Write an address such as http://127.0.0.1:3501.", [nameof(Http)]);
        }

        if (AppPort.Any(port => port is < 1 or > 65_535))
        {
            yield return new("Write ports, 1 to 65535, such as 5162.", [nameof(AppPort)]);
        }
    }
}

/// <summary>Where the Dapr sidecar of an app id is.</summary>
/// <param name="AppId">The app id.</param>
/// <param name="Grpc">Its gRPC API.</param>
/// <param name="Http">Its HTTP API.</param>
/// <param name="AppPorts">Where the app is called back; none where it only publishes.</param>
/// <param name="ApiToken">What the sidecar asks of the app; empty for nothing.</param>
/// <param name="AppToken">What it sends with each delivery; empty for nothing.</param>
internal sealed record DaprSidecar(string AppId, Uri Grpc, Uri Http, IReadOnlyList<int> AppPorts, string ApiToken, string AppToken);
