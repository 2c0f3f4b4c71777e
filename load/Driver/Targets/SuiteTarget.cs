using System.Diagnostics;
using EarlyWarning.Host.Composition;
using EarlyWarning.V1;
using Grpc.Net.Client;

namespace EarlyWarning.Driver.Targets;

/// <summary>The suite in a process of its own, on the embedded store, in a folder that is gone afterwards.</summary>
internal sealed class SuiteTarget : IAsyncDisposable
{
    private readonly string _folder;

    private SuiteTarget(string folder, ChildProcess process, GrpcChannel channel, TimeSpan startUp) =>
        (_folder, Process, Channel, StartUp) = (folder, process, channel, startUp);

    public ChildProcess Process { get; }

    public GrpcChannel Channel { get; }

    /// <summary>From the start of the process to the first answer that says ready.</summary>
    public TimeSpan StartUp { get; }

    public static async Task<SuiteTarget> StartAsync(Uri webhook, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("early-warning-load-").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "directory.yaml"),
            $"""
            recipients:
              - id: load
                name: The load driver
                role: operator
                channels:
                  - webhook:
                      url: {webhook}
                      secret: a-secret-of-at-least-32-characters!
            """,
            cancellationToken
        );
        var (http, grpc) = (FreePort.Take(), FreePort.Take());
        var clock = Stopwatch.StartNew();
        var process = new ChildProcess(
            ChildProcess.Executable("Host", "EarlyWarning.Host"),
            ["--data", folder, "--http", $"127.0.0.1:{http}", "--grpc", $"127.0.0.1:{grpc}"]
        );
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{http}") };
        while (!await IsReadyAsync(client, cancellationToken))
        {
            if (process.HasExited || clock.Elapsed > TimeSpan.FromMinutes(1))
            {
                process.Dispose();
                throw new InvalidOperationException($"The suite did not start: {process.LastError}");
            }

            await Task.Delay(50, cancellationToken);
        }

        var startUp = clock.Elapsed;
        var channel = GrpcChannel.ForAddress(
            $"http://127.0.0.1:{grpc}",
            new()
            {
                MaxReceiveMessageSize = 64 << 20,
                HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
            }
        );
        return new(folder, process, channel, startUp);
    }

    /// <summary>What intake says that it has done.</summary>
    public async Task<IntakeCounts> CountsAsync(CancellationToken cancellationToken) =>
        (await new ServerService.ServerServiceClient(Channel).GetServerInfoAsync(new(), cancellationToken: cancellationToken)).Intake;

    public ValueTask DisposeAsync()
    {
        Channel.Dispose();
        Process.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
