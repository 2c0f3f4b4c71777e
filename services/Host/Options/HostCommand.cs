using System.CommandLine;
using System.Net;
using EarlyWarning.Host.Starting;

namespace EarlyWarning.Host.Options;

/// <summary>The command line of the suite.</summary>
public static class HostCommand
{
    /// <summary>Builds the command.</summary>
    /// <param name="run">Is called with what was asked for, and returns the exit code.</param>
    /// <param name="environment">The environment's variables; those of the process where it is left out.</param>
    public static RootCommand Build(
        Func<SuiteOptions, CancellationToken, Task<int>> run,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        SettableOptions options = new(environment);
        var http = Endpoint(options, "--http", SuiteOptions.DefaultHttp, "Where the board and the JSON API listen");
        var grpc = Endpoint(options, "--grpc", SuiteOptions.DefaultGrpc, "Where the gRPC API listens");
        var hosts = Names(
            options,
            "--host",
            ServedName.Host,
            "NAME",
            "Names by which the suite is called, beside localhost and the addresses that it listens on: those of a proxy before it. Repeat "
                + "it, or separate them by commas"
        );
        var origins = Names(
            options,
            "--origin",
            ServedName.Origin,
            "ORIGIN",
            "Origins of web pages that may call the suite, such as https://desk.example; default: its own alone. Repeat it, or separate "
                + "them by commas"
        );
        var connections = options.MakeNumber(
            "--max-connections",
            "COUNT",
            "The most connections at once on each of --http and --grpc; what comes beyond is closed at once; default: "
                + $"{OpenFiles.UsualConnections}, or as many as the limit of open files has room for",
            10,
            1_000_000,
            "10 to 1000000, such as 4096."
        );
        var limits = LimitOption.Build(options);
        KeptOptions kept = new(options);
        FileOptions files = new(options);
        TlsArguments tls = new(options);
        ApartArguments apart = new(options);
        var publicWebhooks = options.MakeFlag(
            "--public-webhooks-only",
            "Send webhooks to public addresses alone: none to this machine or to private networks"
        );
        var scenario = new Option<string?>("--scenario") { Description = "Another scenario file for the exercise." };
        var resume = new Option<bool>("--resume")
        {
            Description = "Take over, under a new epoch, a store that a start refuses: another suite's, emptied, or behind. For one start.",
        };
        var restore = new Option<string?>("--restore")
        {
            Description =
                "Fill an empty data folder, or the empty database of --store, from a backup; the suite is quiet until `ew resume`.",
            HelpName = "FILE",
        };

        var root = new RootCommand(
            "Early Warning: scores early-warning indicators of atrocity risk, warns, and sees to it that somebody answers."
        )
        {
            options.Exercise,
            options.Data,
            options.File,
            http,
            grpc,
            hosts,
            origins,
            connections,
            limits,
            publicWebhooks,
            resume,
            restore,
            scenario,
        };
        files.AddTo(root);
        kept.AddTo(root);
        tls.AddTo(root);
        apart.AddTo(root, kept.Store, options.Exercise);
        root.Validators.Add(options.Check);
        root.SetAction(
            (parsed, cancellationToken) =>
                run(
                    kept.Set(
                        files.Set(
                            new(
                                parsed.GetValue(options.Exercise),
                                options.Folder(parsed),
                                parsed.GetValue(http)!,
                                parsed.GetValue(grpc)!,
                                null,
                                null,
                                parsed.GetValue(scenario)
                            )
                            {
                                Settings = options.Of(parsed.RootCommandResult),
                                Tls = tls.Read(parsed),
                                MaxConnections = parsed.GetValue(connections),
                                PublicWebhooksOnly = parsed.GetValue(publicWebhooks),
                                Hosts = parsed.GetValue(hosts) ?? [],
                                Origins = parsed.GetValue(origins) ?? [],
                                Rates = parsed.GetValue(limits),
                                Services = apart.Services(parsed),
                                Dapr = apart.Dapr(parsed),
                                Cluster = apart.Cluster(parsed),
                                Peer = apart.Peer(parsed),
                                Resume = parsed.GetValue(resume),
                                RestoreFrom = parsed.GetValue(restore),
                            },
                            parsed
                        ),
                        parsed
                    ),
                    cancellationToken
                )
        );
        root.Subcommands.Add(KeysCommand.Build(TimeProvider.System));
        return root;
    }

    private static Option<IPEndPoint?> Endpoint(SettableOptions options, string name, string standard, string description) =>
        options.Make(name, "ADDRESS:PORT", $"{description}; default: {standard}", IPEndPoint.Parse(standard), given =>
            given.Address ?? given.Refuse<IPEndPoint>($"an address and a port, such as {standard}.")
        );

    private static Option<string[]> Names(
        SettableOptions options,
        string name,
        Func<string, string, ServedName> read,
        string what,
        string description
    ) => options.Make<string[]>(name, what, description, [], given =>
        {
            ServedName[] names = [.. given.Parts.Select(text => read(given.Source, text))];
            foreach (var fault in names.Select(named => named.Fault).OfType<string>())
            {
                given.Fault(fault);
            }

            return [.. names.Select(named => named.Text)];
        });
}
