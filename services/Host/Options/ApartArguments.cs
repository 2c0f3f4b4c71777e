using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace EarlyWarning.Host.Options;

/// <summary>The options with which one suite runs as several processes.</summary>
internal sealed class ApartArguments(SettableOptions options)
{
    private const string All = "all";

    private static readonly string s_names = string.Join(", ", ServiceNames.All);

    private readonly Option<string> _services = options.Make(
        "--services",
        "LIST",
        $"Which services run in this process: all, or some of {string.Join(", ", ServiceNames.Services)}, "
            + $"separated by commas; default: all; or {ServiceNames.Sidecar} alone, which stands in for daprd where there is none. "
            + "Some need --store, --cluster and --peer",
        All,
        static given => string.Join(',', given.Texts)
    );

    private readonly Option<IPEndPoint?> _cluster = options.Make(
        "--cluster",
        "ADDRESS:PORT",
        "Where this process's Orleans silo listens for those of the suite's other processes, over mutual TLS; they find each other in "
            + "--store",
        null,
        static given => Address(given, "10.1.2.3:11111")
    );

    private readonly Option<IPEndPoint?> _peer = options.Make(
        "--peer",
        "ADDRESS:PORT",
        "Where the suite's other processes call this one's APIs, over mutual TLS",
        null,
        static given => Address(given, "10.1.2.3:5052")
    );

    /// <summary>Adds the options, and what has to hold of them together.</summary>
    public void AddTo(Command command, Option<string?> store, Option<bool> exercise)
    {
        command.Options.Add(_services);
        command.Options.Add(_cluster);
        command.Options.Add(_peer);
        command.Validators.Add(result =>
        {
            try
            {
                Check(result, store, exercise);
            }
            catch (InvalidOperationException)
            {
                // A value that cannot be read, which its own option reports.
            }
        });
    }

    /// <summary>The names of the services that run here, in the order of the table.</summary>
    public IReadOnlyList<string> Services(ParseResult parsed) => Services(parsed.GetValue(_services)!);

    /// <summary>The Dapr sidecars of this process.</summary>
    public IReadOnlyList<DaprSidecar> Dapr(ParseResult parsed) => Dapr(parsed.RootCommandResult, static _ => { });

    /// <summary>Where the silo listens; <see langword="null"/> where the process is alone.</summary>
    public IPEndPoint? Cluster(ParseResult parsed) => parsed.GetValue(_cluster);

    /// <summary>Where other processes call this one; <see langword="null"/> where the process is alone.</summary>
    public IPEndPoint? Peer(ParseResult parsed) => parsed.GetValue(_peer);

    private void Check(CommandResult result, Option<string?> store, Option<bool> exercise)
    {
        var names = Names(options.Value(result, _services) ?? "");
        var unknown = names.Where(name => name != All && !ServiceNames.All.Contains(name)).ToList();
        var (cluster, peer) = (options.Value(result, _cluster), options.Value(result, _peer));
        var hasStore = options.Value(result, store) is { Length: > 0 };
        if (names.Length == 0 || unknown.Count > 0)
        {
            result.AddError($"--services {string.Join(",", unknown)} names no service. There are {s_names}; or say all.");
        }
        else if (names.Length > 1 && names.Contains(All))
        {
            result.AddError("--services takes all alone, or names.");
        }
        else if (names.Length > 1 && names.Contains(ServiceNames.Sidecar))
        {
            result.AddError(
                $"--services {ServiceNames.Sidecar} runs in a process of its own, which outlives those that it serves: name nothing beside "
                    + $"it."
            );
        }
        else if (cluster is null != peer is null)
        {
            result.AddError(
                "--cluster and --peer belong together: one is for the silos of the suite's processes, the other for their calls."
            );
        }
        else if (cluster is null && names is not [All])
        {
            result.AddError(
                "--services with some of the services needs --cluster and --peer (or EW_CLUSTER and EW_PEER), by which the suite's "
                    + "processes reach each other."
            );
        }
        else if (cluster is not null && !hasStore)
        {
            result.AddError("--cluster needs --store (or EW_STORE): several processes share one PostgreSQL, where they find each other.");
        }
        else if (cluster is not null && cluster.Equals(peer))
        {
            result.AddError($"--cluster and --peer both say {cluster}. The two need an address each.");
        }
        else if (cluster is not null && result.GetValue(exercise))
        {
            result.AddError("--exercise runs in one process: leave --cluster and --services out.");
        }
        else
        {
            Dapr(result, result.AddError);
        }
    }

    private IReadOnlyList<DaprSidecar> Dapr(CommandResult result, Action<string> fault) =>
        new DaprSidecars(options.Of(result), fault).Find(
            Services(options.Value(result, _services)!),
            isApart: options.Value(result, _cluster) is not null
        );

    private static IReadOnlyList<string> Services(string given)
    {
        var asked = Names(given);
        return asked is [All] ? ServiceNames.Services : [.. ServiceNames.All.Where(asked.Contains)];
    }

    private static string[] Names(string list) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    // Others are told this address, so that "any" is none.
    private static IPEndPoint? Address(SettableOptions.Reading given, string example) =>
        given.Address is { } endpoint && !endpoint.Address.Equals(IPAddress.Any) && !endpoint.Address.Equals(IPAddress.IPv6Any)
            ? endpoint
            : given.Refuse<IPEndPoint>($"the address and the port by which others reach this process, such as {example}.");
}
