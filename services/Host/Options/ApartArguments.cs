using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using EarlyWarning.Host.Modules;

namespace EarlyWarning.Host.Options;

/// <summary>The options with which one suite runs as several processes.</summary>
internal sealed class ApartArguments
{
    private const string All = "all";
    private const string ClusterVariable = "EW_CLUSTER";
    private const string PeerVariable = "EW_PEER";

    private static readonly string s_names = string.Join(", ", ModuleTable.Names);

    private readonly Option<string> _services = new("--services")
    {
        Description =
            $"Which services run in this process: all, or some of {string.Join(", ", ModuleTable.All.Select(module => module.Name))}, "
            + $"separated by commas "
            + $"(or EW_SERVICES; default: all); or {SidecarModule.Name} alone, which stands in for daprd where there is none. "
            + "Some need --store, --cluster and --peer.",
        HelpName = "LIST",
        DefaultValueFactory = _ => Standard(),
    };

    private readonly Option<IPEndPoint?> _cluster = Address(
        "--cluster",
        ClusterVariable,
        "Where this process's Orleans silo listens for those of the suite's other processes, over mutual TLS; they find each other in "
            + "--store",
        "10.1.2.3:11111"
    );

    private readonly Option<IPEndPoint?> _peer = Address(
        "--peer",
        PeerVariable,
        "Where the suite's other processes call this one's APIs, over mutual TLS",
        "10.1.2.3:5052"
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
    public IReadOnlyList<string> Services(ParseResult parsed)
    {
        var asked = Names(parsed.GetValue(_services)!);
        return asked is [All] ? [.. ModuleTable.All.Select(module => module.Name)] : [.. ModuleTable.Names.Where(asked.Contains)];
    }

    /// <summary>Where the silo listens; <see langword="null"/> where the process is alone.</summary>
    public IPEndPoint? Cluster(ParseResult parsed) => parsed.GetValue(_cluster);

    /// <summary>Where other processes call this one; <see langword="null"/> where the process is alone.</summary>
    public IPEndPoint? Peer(ParseResult parsed) => parsed.GetValue(_peer);

    private void Check(CommandResult result, Option<string?> store, Option<bool> exercise)
    {
        // What has to hold is checked before an option that was not given has its value.
        var names = Names(result.GetResult(_services) is null ? Standard() : result.GetValue(_services) ?? "");
        var unknown = names.Where(name => name != All && !ModuleTable.Names.Contains(name)).ToList();
        var (cluster, peer) = (GivenAddress(result, _cluster, ClusterVariable), GivenAddress(result, _peer, PeerVariable));
        var hasStore =
            (result.GetResult(store) is null ? Environment.GetEnvironmentVariable("EW_STORE") : result.GetValue(store)) is { Length: > 0 };
        if (names.Length == 0 || unknown.Count > 0)
        {
            result.AddError($"--services {string.Join(",", unknown)} names no service. There are {s_names}; or say all.");
        }
        else if (names.Length > 1 && names.Contains(All))
        {
            result.AddError("--services takes all alone, or names.");
        }
        else if (names.Length > 1 && names.Contains(SidecarModule.Name))
        {
            result.AddError(
                $"--services {SidecarModule.Name} runs in a process of its own, which outlives those that it serves: name nothing beside "
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
    }

    private static string[] Names(string list) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    private static Option<IPEndPoint?> Address(string name, string variable, string description, string example) =>
        new(name)
        {
            Description = $"{description} (or {variable}).",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = result =>
                Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? Read(result, given, variable, example) : null,
            CustomParser = result => Read(result, result.Tokens[0].Value, name, example),
        };

    private static string Standard() => Environment.GetEnvironmentVariable("EW_SERVICES") is { Length: > 0 } given ? given : All;

    // A variable that cannot be read is reported when the option takes its value from it.
    private static IPEndPoint? GivenAddress(CommandResult result, Option<IPEndPoint?> option, string variable) =>
        result.GetResult(option) is not null ? result.GetValue(option)
        : IPEndPoint.TryParse(Environment.GetEnvironmentVariable(variable) ?? "", out var endpoint) ? endpoint
        : null;

    private static IPEndPoint? Read(ArgumentResult result, string given, string name, string example)
    {
        // Others are told this address, so that "any" is none.
        if (
            IPEndPoint.TryParse(given.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out var endpoint)
            && endpoint.Port > 0
            && !endpoint.Address.Equals(IPAddress.Any)
            && !endpoint.Address.Equals(IPAddress.IPv6Any)
        )
        {
            return endpoint;
        }

        result.AddError($"{name} takes the address and the port by which others reach this process, such as {example}.");
        return null;
    }
}
