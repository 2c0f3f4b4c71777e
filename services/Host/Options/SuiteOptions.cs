using System.Net;
using EarlyWarning.Access.Rates;
using EarlyWarning.Ledger.Audit;
using EarlyWarning.Scoring.Operations;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Configuration;

namespace EarlyWarning.Host.Options;

/// <summary>What the command line asks for.</summary>
/// <param name="Exercise">Plays an exercise.</param>
/// <param name="DataDirectory">The suite's folder; <see langword="null"/> for the default one of its mode.</param>
/// <param name="Http">Where the board and the JSON API listen.</param>
/// <param name="Grpc">Where the gRPC API listens.</param>
/// <param name="StoreConnection">Npgsql's connection string to PostgreSQL; <see langword="null"/> for SQLite in the folder.</param>
/// <param name="CacheConnection">A Redis or Valkey for what may be forgotten, behind the memory; <see langword="null"/> for memory
/// alone.</param>
/// <param name="Scenario">Another scenario file for the exercise; <see langword="null"/> for the one that ships.</param>
public sealed record SuiteOptions(
    bool Exercise,
    string? DataDirectory,
    IPEndPoint Http,
    IPEndPoint Grpc,
    string? StoreConnection,
    string? CacheConnection,
    string? Scenario
)
{
    /// <summary>The names of the services that run in this process.</summary>
    public IReadOnlyList<string> Services { get; init; } = ServiceNames.Services;

    /// <summary>
    /// Where this process's silo listens for those of the suite's other processes; <see langword="null"/> where the process is alone.
    /// </summary>
    public IPEndPoint? Cluster { get; init; }

    /// <summary>Where the suite's other processes call this one's APIs; <see langword="null"/> where the process is alone.</summary>
    public IPEndPoint? Peer { get; init; }

    /// <summary>The file of API keys; <see langword="null"/> for the one in the folder.</summary>
    public string? Keys { get; init; }

    /// <summary>The file of who is told; <see langword="null"/> for the one in the folder.</summary>
    public string? Directory { get; init; }

    /// <summary>The file of the ladder; <see langword="null"/> for the one in the folder, or the built-in one.</summary>
    public string? Ladder { get; init; }

    /// <summary>Takes over, under a new epoch, whatever store is found.</summary>
    public bool Resume { get; init; }

    /// <summary>A backup that fills the empty folder, or database; <see langword="null"/> for none.</summary>
    public string? RestoreFrom { get; init; }

    /// <summary>The files with which both addresses serve HTTPS; <see langword="null"/> for plain HTTP.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>The most connections at once on each address; <see langword="null"/> for the usual.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Sends webhooks to public addresses alone.</summary>
    public bool PublicWebhooksOnly { get; init; }

    /// <summary>By which further names and addresses the suite is called.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The origins of web pages that may call, beside the suite's own.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The file of callers whom others vouch for; <see langword="null"/> for the one in the folder.</summary>
    public string? Access { get; init; }

    /// <summary>How long an operator has, where clocks disagree, before the wall clock is believed.</summary>
    public TimeSpan ClockGrace { get; init; } = new ClockOptions().Grace;

    /// <summary>How long an operation is kept after its end.</summary>
    public TimeSpan OperationRetention { get; init; } = new OperationOptions().Retention;

    /// <summary>How much one caller may ask for; <see langword="null"/> for the standard.</summary>
    public RateOptions? Rates { get; init; }

    /// <summary>How long an entry of the audit is kept.</summary>
    public TimeSpan AuditRetention { get; init; } = new AuditOptions().Retention;

    /// <summary>After which age entries of countries' journals move into the archive; <see langword="null"/> for never.</summary>
    public TimeSpan? ArchiveAfter { get; init; } = new StoreOptions().ArchiveAfter;

    /// <summary>What is set otherwise than on the command line, for what has no option there.</summary>
    internal Settings Settings { get; init; } = Settings.None;

    /// <summary>The Dapr sidecars of this process; none where the suite has its own within.</summary>
    internal IReadOnlyList<DaprSidecar> Dapr { get; init; } = [];

    /// <summary>The default address of the board and the JSON API.</summary>
    public const string DefaultHttp = "127.0.0.1:5050";

    /// <summary>The default address of the gRPC API.</summary>
    public const string DefaultGrpc = "127.0.0.1:5051";

    /// <summary>
    /// The most calls at once on a connection. A program, or a proxy for several, that follows every country of the world under a few
    /// frameworks has a stream for each and one connection, and what exceeds the limit waits in the client without a word. A stream that
    /// waits costs some kilobytes; what all of a connection may have sent unread stays within the connection's window.
    /// </summary>
    public const int MaxStreams = 1_000;

    /// <summary>The scheme of both addresses.</summary>
    public string Scheme => Tls is null ? "http" : "https";

    /// <summary>The folder in use: the one asked for, or the default of the mode, below the current folder.</summary>
    public string Folder => Path.GetFullPath(DataDirectory ?? Path.Combine("data", Exercise ? "exercise" : "suite"));
}
