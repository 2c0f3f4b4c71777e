using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Numerics;
using EarlyWarning.Host.Composition;
using EarlyWarning.Ledger.Audit;
using EarlyWarning.Scoring.Operations;
using EarlyWarning.Store.Clocks;

namespace EarlyWarning.Host.Options;

/// <summary>The command line of the suite.</summary>
public static class HostCommand
{
    /// <summary>Builds the command; <paramref name="run"/> is called with what was asked for and returns the exit code.</summary>
    public static RootCommand Build(Func<SuiteOptions, CancellationToken, Task<int>> run)
    {
        var exercise = new Option<bool>("--exercise")
        {
            Description = "Play an exercise with fictional countries, in a folder of its own.",
        };
        var data = new Option<string?>("--data") { Description = "The suite's data folder (default: data/suite, or data/exercise)." };
        var http = Endpoint("--http", SuiteOptions.DefaultHttp, "Where the board and the JSON API listen.");
        var grpc = Endpoint("--grpc", SuiteOptions.DefaultGrpc, "Where the gRPC API listens.");
        var store = new Option<string?>("--store")
        {
            Description =
                "PostgreSQL as the store: \"Host=…;Database=…;Username=…\", or a file that holds that (or EW_STORE); without it the "
                + "store is a file in the data folder.",
            HelpName = "CONNECTION|FILE",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EW_STORE"),
            CustomParser = StoreArgument.Parse,
        };
        var cache = new Option<string?>("--cache")
        {
            Description =
                "A connection string to a Redis or Valkey that keeps results that can be computed again (or EW_CACHE, where a password "
                + "belongs); without it they are kept in memory.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EW_CACHE"),
        };
        var grace = new Option<double>("--clock-grace")
        {
            Description =
                "For how many minutes intake waits, where clocks disagree, before the wall clock is believed "
                + "(default: 10; at most 10,080).",
            HelpName = "MINUTES",
            DefaultValueFactory = _ => new ClockOptions().Grace.TotalMinutes,
            CustomParser = result => Number(result, 0, 10_080d, "--clock-grace takes 0 to 10080 minutes, such as 10."),
        };
        var archiveAfter = new Option<ArchiveAge?>("--archive-after")
        {
            Description =
                "After how many days entries of countries' journals move out of the store into files below the data folder's "
                + "archive, where they are read as before; or never (or EW_ARCHIVE_AFTER; default: 400).",
            HelpName = "DAYS|never",
            DefaultValueFactory = ArchiveAge.Standard,
            CustomParser = ArchiveAge.Parse,
        };
        var keepOperations = new Option<double>("--keep-operations")
        {
            Description =
                "For how many hours an operation, a long call that was left, is kept after its end with its result (default: 24).",
            HelpName = "HOURS",
            DefaultValueFactory = _ => new OperationOptions().Retention.TotalHours,
            CustomParser = result => Number(result, 0.02, 720, "--keep-operations takes 0.02 to 720 hours, such as 24."),
        };
        var keepAudit = new Option<double>("--keep-audit")
        {
            Description = "For how many days an entry of the audit is kept: who did what, and who was refused (default: 400).",
            HelpName = "DAYS",
            DefaultValueFactory = _ => new AuditOptions().Retention.TotalDays,
            CustomParser = result => Number(result, 1, 36_500d, "--keep-audit takes 1 to 36500 days, such as 400."),
        };
        var hosts = Names(
            "--host",
            "EW_HOST",
            ServedName.Host,
            "NAME",
            "Names by which the suite is called, beside localhost and the addresses that it listens on (or EW_HOST): those of a proxy "
                + "before it. Repeat it, or separate them by commas."
        );
        var origins = Names(
            "--origin",
            "EW_ORIGIN",
            ServedName.Origin,
            "ORIGIN",
            "Origins of web pages that may call the suite, such as https://desk.example (or EW_ORIGIN); without it only its own. Repeat "
                + "it, or separate them by commas."
        );
        var limits = LimitOption.Build();
        var access = Named(
            "--access",
            "EW_ACCESS",
            "The file of callers whom an issuer or a certificate vouches for",
            "access.yaml in the data folder"
        );
        var connections = new Option<int?>("--max-connections")
        {
            Description =
                $"The most connections at once on each of --http and --grpc; what comes beyond is closed at once (default: "
                + $"{OpenFiles.UsualConnections}, or as many as the limit of open files has room for).",
            HelpName = "COUNT",
            CustomParser = result => Number(result, 10, 1_000_000, "--max-connections takes 10 to 1000000, such as 4096."),
        };
        var publicWebhooks = new Option<bool>("--public-webhooks-only")
        {
            Description = "Send webhooks to public addresses alone: none to this machine or to private networks.",
        };
        var tls = new TlsArguments();
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
        var keys = KeysCommand.Named();
        var directory = Named("--directory", "EW_DIRECTORY", "The file of who is told", "directory.yaml in the data folder");
        var ladder = Named("--ladder", "EW_LADDER", "The file of the ladder", "ladder.yaml in the data folder, or the built-in one");
        var apart = new ApartArguments();

        var root = new RootCommand(
            "Early Warning: scores early-warning indicators of atrocity risk, warns, and sees to it that somebody answers."
        )
        {
            exercise,
            data,
            http,
            grpc,
            hosts,
            origins,
            keys,
            access,
            directory,
            ladder,
            connections,
            limits,
            store,
            cache,
            archiveAfter,
            keepOperations,
            keepAudit,
            grace,
            publicWebhooks,
            resume,
            restore,
            scenario,
        };
        tls.AddTo(root);
        apart.AddTo(root, store, exercise);
        root.SetAction(
            (parsed, cancellationToken) =>
                run(
                    new(
                        parsed.GetValue(exercise),
                        parsed.GetValue(data),
                        parsed.GetValue(http)!,
                        parsed.GetValue(grpc)!,
                        Given(parsed.GetValue(store)),
                        Given(parsed.GetValue(cache)),
                        parsed.GetValue(scenario)
                    )
                    {
                        Tls = tls.Read(parsed),
                        MaxConnections = parsed.GetValue(connections),
                        PublicWebhooksOnly = parsed.GetValue(publicWebhooks),
                        Hosts = parsed.GetValue(hosts) ?? [],
                        Origins = parsed.GetValue(origins) ?? [],
                        Rates = parsed.GetValue(limits),
                        Keys = Given(parsed.GetValue(keys)),
                        Access = Given(parsed.GetValue(access)),
                        Directory = Given(parsed.GetValue(directory)),
                        Ladder = Given(parsed.GetValue(ladder)),
                        Services = apart.Services(parsed),
                        Cluster = apart.Cluster(parsed),
                        Peer = apart.Peer(parsed),
                        Resume = parsed.GetValue(resume),
                        RestoreFrom = parsed.GetValue(restore),
                        ArchiveAfter = parsed.GetValue(archiveAfter)?.After,
                        OperationRetention = TimeSpan.FromHours(parsed.GetValue(keepOperations)),
                        AuditRetention = TimeSpan.FromDays(parsed.GetValue(keepAudit)),
                        ClockGrace = TimeSpan.FromMinutes(parsed.GetValue(grace)),
                    },
                    cancellationToken
                )
        );
        root.Subcommands.Add(KeysCommand.Build(TimeProvider.System));
        return root;
    }

    /// <summary>Makes the option of a file that stands elsewhere than in the data folder.</summary>
    internal static Option<string?> Named(string name, string variable, string what, string standard) =>
        new(name)
        {
            Description = $"{what} (or {variable}; default: {standard}).",
            HelpName = "FILE",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable),
        };

    private static T Number<T>(ArgumentResult result, T least, T most, string refusal)
        where T : struct, INumber<T>
    {
        if (T.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError(refusal);
        return default;
    }

    private static string? Given(string? text) => text is { Length: > 0 } ? text : null;

    private static Option<IPEndPoint> Endpoint(string name, string standard, string description) =>
        new(name)
        {
            Description = $"{description} (default: {standard})",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => IPEndPoint.Parse(standard),
            CustomParser = result =>
            {
                if (
                    IPEndPoint.TryParse(
                        result.Tokens[0].Value.Replace("localhost", "127.0.0.1", StringComparison.Ordinal),
                        out var endpoint
                    )
                    && endpoint.Port > 0
                )
                {
                    return endpoint;
                }

                result.AddError($"{name} takes an address and a port, such as {standard}.");
                return null;
            },
        };

    private static Option<string[]> Names(
        string name,
        string variable,
        Func<string, string, ServedName> read,
        string what,
        string description
    )
    {
        return new(name)
        {
            Description = description,
            HelpName = what,
            DefaultValueFactory = result => Read(result, variable, [Environment.GetEnvironmentVariable(variable) ?? ""]),
            CustomParser = result => Read(result, name, result.Tokens.Select(token => token.Value)),
        };

        string[] Read(ArgumentResult result, string given, IEnumerable<string> texts)
        {
            ServedName[] names =
            [
                .. texts
                    .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                    .Select(text => read(given, text)),
            ];
            foreach (var fault in names.Select(named => named.Fault).OfType<string>())
            {
                result.AddError(fault);
            }

            return [.. names.Select(named => named.Text)];
        }
    }
}
