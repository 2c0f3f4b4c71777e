using System.Diagnostics;
using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Suites;
using EarlyWarning.Host.Composition;
using EarlyWarning.TestKit;

namespace EarlyWarning.Driver.Targets;

/// <summary>
/// The suite in a process of its own, in a folder that is gone afterwards; on SQLite, or on a PostgreSQL that is gone as well.
/// </summary>
internal sealed class SuiteTarget : ITarget
{
    /// <summary>Partners share so many connections: each its own would be closer to life, and the client would be busy with them.</summary>
    private const int Connections = 8;
    private readonly string _folder;
    private readonly ChildProcess _process;
    private readonly PostgresServer? _postgres;
    private readonly Webhooks _webhooks;
    private readonly HttpClient _http;
    private readonly SuiteConnection[] _connections;

    private SuiteTarget(string folder, ChildProcess process, PostgresServer? postgres, Webhooks webhooks, int http, int grpc)
    {
        (_folder, _process, _postgres, _webhooks) = (folder, process, postgres, webhooks);
        _http = new() { BaseAddress = new($"http://127.0.0.1:{http}") };
        _connections = [.. Enumerable.Range(0, Connections).Select(_ => new SuiteConnection(new($"http://127.0.0.1:{grpc}")))];
        Callers = [.. _connections.Select(connection => new Caller(connection.Invoker, []))];
        Metrics = new(_http);
        Processes =
        [
            new("suite", process.Id, withChildren: false),
            .. postgres is null ? Array.Empty<MeasuredProcess>() : [new("PostgreSQL", postgres.Id)],
            MeasuredProcess.Client,
        ];
    }

    public string Says => $"the suite in one process on {(_postgres is null ? "SQLite" : "PostgreSQL")}, on the same machine";

    /// <summary>Where its board and its JSON are.</summary>
    public Uri Http => _http.BaseAddress!;

    public IReadOnlyList<Caller> Callers { get; }

    public IReadOnlyList<MeasuredProcess> Processes { get; }

    public SuiteMetrics Metrics { get; }

    public HeardWarnings Warnings => _webhooks.Warnings;

    public bool IsOwn => true;

    public double? StartSeconds { get; private set; }

    public double? RestMegabytes { get; private set; }

    public double? DiskSyncMilliseconds { get; private set; }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="postgresql">Its store is a PostgreSQL.</param>
    /// <param name="rest">How long it is left alone before its memory is measured.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task<SuiteTarget> StartAsync(bool postgresql, TimeSpan rest, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("early-warning-load-").FullName;
        var disk = DiskProbe.MedianMilliseconds(folder);
        var webhooks = await Webhooks.ListenAsync(cancellationToken);
        var postgres = postgresql ? await PostgresServer.StartAsync() : null;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "directory.yaml"),
            $"""
            recipients:
              - id: load
                name: The load driver
                role: operator
                channels:
                  - webhook:
                      url: {webhooks.Address}
                      secret: a-secret-of-at-least-32-characters!
            """,
            cancellationToken
        );
        var (http, grpc) = (FreePort.Take(), FreePort.Take());
        var clock = Stopwatch.StartNew();
        var process = new ChildProcess(
            ChildProcess.Executable("Host", "EarlyWarning.Host"),
            ["--data", folder, "--http", $"127.0.0.1:{http}", "--grpc", $"127.0.0.1:{grpc}"],
            [("EW_STORE", postgres?.ConnectionString ?? "")]
        );
        var suite = new SuiteTarget(folder, process, postgres, webhooks, http, grpc) { DiskSyncMilliseconds = disk };
        try
        {
            while (!await suite.IsReadyAsync(cancellationToken))
            {
                if (process.HasExited || clock.Elapsed > TimeSpan.FromMinutes(1))
                {
                    throw new InvalidOperationException($"The suite did not start: {process.LastError}");
                }

                await Task.Delay(20, cancellationToken);
            }

            suite.StartSeconds = clock.Elapsed.TotalSeconds;
            await Task.Delay(rest, cancellationToken);
            suite.RestMegabytes = suite.Processes[0].Megabytes();
            return suite;
        }
        catch
        {
            await suite.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Array.ForEach(_connections, connection => connection.Dispose());
        _http.Dispose();
        _process.Dispose();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        await _webhooks.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("/readyz", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
