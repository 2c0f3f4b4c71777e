using System.Globalization;
using System.Net;

namespace EarlyWarning.Host.Options;

/// <summary>Finds the Dapr sidecars of a process by its settings, and by Dapr's own variables where it has one app id.</summary>
/// <param name="settings">What is set.</param>
/// <param name="fault">Is told everything that is missing or unusable, with what to give.</param>
internal sealed class DaprSidecars(Settings settings, Action<string> fault)
{
    /// <summary>The name of an app id's section.</summary>
    public static string SectionOf(string appId) => $"dapr-{appId}";

    /// <summary>The sidecars of a process; none where the suite has its own within.</summary>
    /// <param name="services">The services that run in it.</param>
    /// <param name="isApart">Whether it is one of several processes, whose events nothing within carries.</param>
    public IReadOnlyList<DaprSidecar> Find(IReadOnlyList<string> services, bool isApart)
    {
        if (services.Contains(ServiceNames.Sidecar))
        {
            return Own();
        }

        string[] appIds = [.. ServiceNames.WithAppId.Where(services.Contains)];
        var daprs = Daprs();
        if (daprs is null && appIds.All(id => settings.Dapr(id).Grpc is null))
        {
            if (isApart && appIds is [var first, ..])
            {
                fault(
                    $"A suite of several processes needs a Dapr sidecar for {string.Join(", ", appIds)}, and none is named. Run daprd "
                        + $"beside this process, or one process with --services sidecar, and say where with {Name(first, "grpc")} and "
                        + $"{Name(first, "http")} (dapr/README.md)."
                );
            }

            return [];
        }

        return [.. appIds.Select(id => Beside(id, appIds.Length == 1 ? daprs : null)).OfType<DaprSidecar>()];
    }

    private static string Name(string appId, string key) => Settings.VariableOf($"{SectionOf(appId)}-{key}");

    private DaprSidecar? Beside(string appId, DaprOptions? daprs)
    {
        var given = settings.Dapr(appId);
        if ((given.Grpc is null ? daprs : given) is not { } found)
        {
            fault(
                $"A Dapr sidecar is named, but none for the app id {appId}. A sidecar serves one app id: set {Name(appId, "grpc")} and "
                    + $"{Name(appId, "http")}, or run the services apart with --services."
            );
            return null;
        }

        if (found.Http is null)
        {
            fault(
                $"The sidecar of the app id {appId} has a gRPC address and no HTTP one, which its health is asked at: set "
                    + $"{(found == given ? Name(appId, "http") : "DAPR_HTTP_PORT")}."
            );
        }

        var ports = given.AppPort is [] ? found.AppPort : given.AppPort;
        if (!ServiceNames.Subscribing.Contains(appId))
        {
            ports = [];
        }
        else if (ports is not [_])
        {
            fault(
                $"The app id {appId} subscribes: say on which one port this process is called back, with {Name(appId, "app-port")}"
                    + $"{(found == given ? "" : " or APP_PORT")}."
            );
        }

        return Made(appId, found, ports);
    }

    private List<DaprSidecar> Own()
    {
        List<DaprSidecar> found = [];
        var others = settings.Sidecar.AppIds;
        foreach (var appId in others is [] ? ServiceNames.WithAppId : others)
        {
            var given = settings.Dapr(appId);
            NeedLoopback(appId, "grpc", given.Grpc, "http://127.0.0.1:50001");
            NeedLoopback(appId, "http", given.Http, "http://127.0.0.1:3501");
            var subscribes = others.Count > 0 || ServiceNames.Subscribing.Contains(appId);
            if (subscribes && given.AppPort is [])
            {
                fault($"{Name(appId, "app-port")}: say on which port each process of {appId} is called back, such as 5162 or 5162,5163.");
            }

            if (Made(appId, given, subscribes ? given.AppPort : []) is { } made)
            {
                found.Add(made);
            }
        }

        foreach (
            var port in found
                .SelectMany(one => (int[])[one.Grpc.Port, one.Http.Port, .. one.AppPorts])
                .GroupBy(port => port)
                .Where(port => port.Count() > 1)
        )
        {
            fault(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"EW_DAPR_…: the port {port.Key} is named twice. Each app id, and each process of it, needs ports of its own."
                )
            );
        }

        return found;
    }

    private void NeedLoopback(string appId, string key, string? text, string example)
    {
        // What is no address at all its section has told.
        if (
            text is null
            || (
                DaprOptions.Address(text) is { } address
                && !(
                    address is { Scheme: "http", PathAndQuery: "/", Port: > 0 }
                    && IPAddress.TryParse(address.Host.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out var host)
                    && host.Equals(IPAddress.Loopback)
                )
            )
        )
        {
            fault($"{Name(appId, key)}: say where on loopback the sidecar of {appId} listens, such as {example}.");
        }
    }

    private DaprSidecar? Made(string appId, DaprOptions given, IReadOnlyList<int> ports) =>
        DaprOptions.Address(given.Grpc) is { } grpc && DaprOptions.Address(given.Http) is { } http
            ? new(
                appId,
                grpc,
                http,
                ports,
                settings.Dapr(appId).ApiToken ?? settings.Variable("DAPR_API_TOKEN") ?? "",
                settings.Dapr(appId).AppToken ?? settings.Variable("APP_API_TOKEN") ?? ""
            )
            : null;

    /// <summary>What Dapr itself puts into the environment of the only app that a sidecar serves.</summary>
    private DaprOptions? Daprs()
    {
        // The other names may be anybody's where there is no sidecar.
        if (Address("DAPR_GRPC_ENDPOINT", "DAPR_GRPC_PORT") is not { } grpc)
        {
            return null;
        }

        return new()
        {
            Grpc = grpc,
            Http = Address("DAPR_HTTP_ENDPOINT", "DAPR_HTTP_PORT"),
            AppPort = Port("APP_PORT") is { } port ? [port] : [],
        };
    }

    private string? Address(string name, string portName)
    {
        if (settings.Variable(name) is not { } text)
        {
            return Port(portName) is { } port ? $"http://127.0.0.1:{port}" : null;
        }

        if (DaprOptions.Address(text) is null)
        {
            fault($"{name} takes an address such as http://127.0.0.1:50001.");
        }

        return text;
    }

    private int? Port(string name)
    {
        if (settings.Variable(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65_535)
        {
            return port;
        }

        fault($"{name} takes a port, 1 to 65535.");
        return null;
    }
}
