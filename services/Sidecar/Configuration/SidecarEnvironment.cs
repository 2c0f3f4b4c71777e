using System.Globalization;
using System.Net;

namespace EarlyWarning.Sidecar.Configuration;

/// <summary>
/// Where a sidecar that is a process of its own listens, by the variables that tell the apps where to look: for the app id <c>risk</c>
/// <c>EW_DAPR_RISK_GRPC</c> and <c>EW_DAPR_RISK_HTTP</c>, addresses of loopback; <c>EW_DAPR_RISK_APP_PORT</c>, of which this process takes
/// several, separated by commas, where the app runs as several processes; and the tokens <c>EW_DAPR_RISK_API_TOKEN</c> and
/// <c>EW_DAPR_RISK_APP_TOKEN</c>, or
/// <c>DAPR_API_TOKEN</c> and <c>APP_API_TOKEN</c> for all.
/// </summary>
public static class SidecarEnvironment
{
    /// <summary>Reads the apps to stand beside.</summary>
    /// <param name="apps">Each app id of the suite, and whether it subscribes to anything.</param>
    /// <param name="read">Reads a variable; the process's environment by default.</param>
    /// <exception cref="DaprConfigurationException">A variable is missing or unusable; the message names it and says what to
    /// give.</exception>
    public static IReadOnlyList<SidecarApp> Read(IEnumerable<(string AppId, bool Subscribes)> apps, Func<string, string?>? read = null)
    {
        ArgumentNullException.ThrowIfNull(apps);
        List<SidecarApp> found = [.. apps.Select(app => Of(app.AppId, app.Subscribes, read ?? Environment.GetEnvironmentVariable))];
        var twice = found
            .SelectMany(app => (int[])[app.GrpcPort, app.HttpPort, .. app.AppPorts])
            .GroupBy(port => port)
            .FirstOrDefault(port => port.Count() > 1);
        return twice is null
            ? found
            : throw new DaprConfigurationException(
                "EW_DAPR_*",
                FormattableString.Invariant(
                    $"the port {twice.Key} is named twice: each app id and each process of it needs ports of its own"
                )
            );
    }

    private static SidecarApp Of(string appId, bool subscribes, Func<string, string?> read)
    {
        var prefix = $"EW_DAPR_{appId.ToUpperInvariant().Replace('-', '_')}_";
        return new(
            appId,
            subscribes ? AppPorts(prefix + "APP_PORT") : [],
            Value(prefix + "API_TOKEN") ?? Value("DAPR_API_TOKEN") ?? "",
            Value(prefix + "APP_TOKEN") ?? Value("APP_API_TOKEN") ?? "",
            Port(prefix + "GRPC", "http://127.0.0.1:50001"),
            Port(prefix + "HTTP", "http://127.0.0.1:3501")
        );

        string? Value(string name) => read(name) is { Length: > 0 } value ? value : null;

        int Port(string name, string example) =>
            Uri.TryCreate(Value(name), UriKind.Absolute, out var address)
            && address is { Scheme: "http", PathAndQuery: "/", Port: > 0 }
            && IPAddress.TryParse(address.Host.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out var host)
            && host.Equals(IPAddress.Loopback)
                ? address.Port
                : throw new DaprConfigurationException(
                    name,
                    $"is '{read(name)}': say where the sidecar of {appId} listens on loopback, such as {example}"
                );

        IReadOnlyList<int> AppPorts(string name)
        {
            List<int> ports = [];
            foreach (var text in (Value(name) ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                ports.Add(
                    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65_535
                        ? port
                        : throw new DaprConfigurationException(
                            name,
                            $"is '{read(name)}': say on which port each process of {appId} is called back, such as 5162 or 5162,5163"
                        )
                );
            }

            return ports;
        }
    }
}
