using System.Diagnostics;
using System.Net.Security;
using System.Text;
using EarlyWarning.Host.Composition;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Infrastructure;

/// <summary>A suite in a process of its own, as a user starts it, on a folder and addresses of its own.</summary>
public sealed partial class SuiteProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);
    private readonly StringBuilder _output = new();
    private readonly string _httpAddress;
    private readonly SslClientAuthenticationOptions? _tls;
    private Process? _process;

    private SuiteProcess(
        string folder,
        string? store,
        bool exercise,
        string httpAddress,
        SslClientAuthenticationOptions? tls,
        (string Name, string Address)? network
    )
    {
        (_httpAddress, _tls, Network) = (network?.Address ?? httpAddress, tls, network);
        (Folder, Store, Exercise) = (folder, store, exercise);
        (HttpPort, GrpcPort) = (FreePort.Take(), FreePort.Take());
        Channel = GrpcChannel.ForAddress(
            Grpc,
            new()
            {
                MaxReceiveMessageSize = 64 << 20,
                MaxReconnectBackoff = TimeSpan.FromSeconds(1),
                HttpHandler = Handler(),
                DisposeHttpClient = true,
            }
        );
    }

    public string Folder { get; }

    public string? Store { get; }

    public bool Exercise { get; }

    public int HttpPort { get; }

    public int GrpcPort { get; }

    public Uri Http => new($"{Scheme}://{Address}:{HttpPort}");

    public Uri Grpc => new($"{Scheme}://{Address}:{GrpcPort}");

    public GrpcChannel Channel { get; }

    /// <summary>
    /// The network of the kernel in which the process runs, and its address there; <see langword="null"/> for this machine's.
    /// </summary>
    public (string Name, string Address)? Network { get; private init; }

    /// <summary>Further variables of the process's environment.</summary>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>();

    /// <summary>The key that the check at the end shows; empty where the suite lets everybody in.</summary>
    public string Key { get; set; } = "";

    private string Address => Network?.Address ?? "127.0.0.1";

    private string Scheme => _tls is null ? "http" : "https";

    public int ProcessId => _process!.Id;

    public bool HasExited => _process is null || _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static string HostExecutable { get; } = Executable("Host", "EarlyWarning.Host");

    public static string CliExecutable { get; } = Executable("Cli", "ew");

    public static SuiteProcess In(
        string folder,
        string? store = null,
        bool exercise = false,
        string httpAddress = "127.0.0.1",
        SslClientAuthenticationOptions? tls = null,
        (string Name, string Address)? network = null
    ) => new(folder, store, exercise, httpAddress, tls, network);

    /// <summary>Makes a handler that connects as a client of this suite does.</summary>
    public SocketsHttpHandler Handler() =>
        _tls is null ? new() { EnableMultipleHttp2Connections = true } : new() { EnableMultipleHttp2Connections = true, SslOptions = _tls };

    /// <summary>Starts the process without waiting for anything.</summary>
    public void Launch(string? crashAt = null, params string[] more)
    {
        string[] arguments =
        [
            "--data",
            Folder,
            "--http",
            $"{_httpAddress}:{HttpPort}",
            "--grpc",
            $"{Address}:{GrpcPort}",
            .. Exercise ? ["--exercise"] : Array.Empty<string>(),
            .. more,
        ];
        string[] command = Network is { Name: var network }
            ? ["ip", "netns", "exec", network, HostExecutable, .. arguments]
            : [HostExecutable, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["EW_CRASH_AT"] = crashAt ?? "";
        start.Environment["EW_STORE"] = Store ?? "";
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts the process and waits until it is ready. False where it ended before that.</summary>
    public async Task<bool> StartAsync(string? crashAt = null, params string[] more)
    {
        Launch(crashAt, more);
        return await IsReadyAsync();
    }

    /// <summary>Waits until a process that was launched is ready. False where it ended before that.</summary>
    public async Task<bool> IsReadyAsync()
    {
        using var http = new HttpClient(Handler()) { BaseAddress = Http, Timeout = TimeSpan.FromSeconds(5) };
        var clock = Stopwatch.StartNew();
        while (!_process!.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException) { }

            Assert.True(clock.Elapsed < s_patience, $"The suite was not ready within {s_patience}. It said:\n{Output}");
            await Task.Delay(20);
        }

        return false;
    }

    /// <summary>Asks the suite to check everything that it has stored.</summary>
    /// <exception cref="InvalidOperationException">Something does not hold; the message has it in words.</exception>
    public async Task CheckAsync()
    {
        var found = await new V1.ServerService.ServerServiceClient(Channel).CheckStoreAsync(
            new(),
            Key.Length > 0 ? new() { { "authorization", $"Bearer {Key}" } } : null,
            DateTime.UtcNow.AddSeconds(60)
        );
        var broken = found
            .Checks.Where(check => check.Violations.Count > 0)
            .Select(check => $"{check.Promise}\n  {string.Join("\n  ", check.Violations)}")
            .ToList();
        if (broken.Count > 0)
        {
            throw new InvalidOperationException(
                $"What is stored does not hold together:\n{string.Join('\n', broken)}\nThe suite said:\n{Output}"
            );
        }
    }

    private static string Executable(string project, string name) =>
        Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory,
                "..",
                "..",
                project,
                Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
                name
            )
        );

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
