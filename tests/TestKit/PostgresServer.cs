using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EarlyWarning.TestKit;

/// <summary>
/// A PostgreSQL of Debian's on a free loopback port, in a folder of its own; it can be killed, stopped and started again.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private readonly string _folder = Directory.CreateTempSubdirectory("ew-postgres-").FullName;
    private readonly int _port;

    private readonly string? _further;

    private PostgresServer(int port, string? further = null) => (_port, _further) = (port, further);

    /// <summary>The signal that lets a process stand still.</summary>
    public static PosixSignal Stop => (PosixSignal)19;

    /// <summary>The signal that lets it go on.</summary>
    public static PosixSignal GoOn => (PosixSignal)18;

    /// <summary>For the database <c>postgres</c>.</summary>
    public string ConnectionString => ConnectionThrough(_port);

    /// <summary>Where it listens.</summary>
    public int Port => _port;

    /// <summary>For the database <c>postgres</c>, by another port that leads to it.</summary>
    public static string ConnectionThrough(int port, string address = "127.0.0.1") =>
        $"Host={address};Port={port};Database=postgres;Username=postgres;Password=secret";

    /// <summary>The process whose children the others are, while it runs.</summary>
    public int Id => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts one.</summary>
    /// <param name="further">An address on which it listens beside loopback, whose network it lets in; <see langword="null"/> for
    /// none.</param>
    public static async Task<PostgresServer> StartAsync(string? further = null)
    {
        var server = new PostgresServer(FreePort(), further);
        await File.WriteAllTextAsync(Path.Combine(server._folder, "password"), "secret");
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "-R", "postgres", server._folder);
        }

        await AsPostgresAsync(
            $"{Binaries}/initdb",
            "-D",
            server.Data,
            "-U",
            "postgres",
            "--auth=scram-sha-256",
            $"--pwfile={server._folder}/password",
            "--no-sync",
            "-E",
            "UTF8"
        );
        if (further is not null)
        {
            await File.AppendAllTextAsync(Path.Combine(server.Data, "pg_hba.conf"), $"host all all {further}/24 scram-sha-256\n");
        }

        await server.RestartAsync();
        return server;
    }

    /// <summary>
    /// Copies it as an asynchronous standby that has come as far as it is now, and no further. Once this server is gone, <see
    /// cref="PromoteAsync"/>
    /// makes the standby answer in its place.
    /// </summary>
    public async Task<PostgresServer> StandbyAsync()
    {
        var standby = new PostgresServer(_port);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "-R", "postgres", standby._folder);
        }

        await AsPostgresAsync(
            "/usr/bin/env",
            "PGPASSWORD=secret",
            $"{Binaries}/pg_basebackup",
            "-D",
            standby.Data,
            "-h",
            "127.0.0.1",
            "-p",
            $"{_port}",
            "-U",
            "postgres",
            "--checkpoint=fast",
            "--no-sync"
        );
        await AsPostgresAsync("/usr/bin/touch", Path.Combine(standby.Data, "standby.signal"));
        return standby;
    }

    /// <summary>Starts a standby, unless that was done, and makes it the primary.</summary>
    public async Task PromoteAsync(bool start = true)
    {
        if (start)
        {
            await RestartAsync();
        }

        await AsPostgresAsync($"{Binaries}/pg_ctl", "-D", Data, "-w", "promote");
    }

    /// <summary>Starts a server that is not running.</summary>
    /// <param name="connections">How many connections it takes.</param>
    public Task RestartAsync(int connections = 200) =>
        AsPostgresAsync(
            $"{Binaries}/pg_ctl",
            "-D",
            Data,
            "-w",
            "-l",
            Path.Combine(_folder, "log"),
            "-o",
            $"-p {_port} -h 127.0.0.1{(_further is null ? "" : $",{_further}")} -k {_folder} "
                + $"-c max_connections={connections} -c shared_buffers=64MB",
            "start"
        );

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        var process = Process.GetProcessById(Id);
        process.Kill();
        await process.WaitForExitAsync();

        // Its children notice, and until they have gone the folder cannot be started on.
        var (started, patience) = (Stopwatch.GetTimestamp(), TimeSpan.FromSeconds(20));
        while (Processes().Any())
        {
            if (Stopwatch.GetElapsedTime(started) > patience)
            {
                throw new TimeoutException("The killed server does not end.");
            }

            await Task.Yield();
        }
    }

    /// <summary>Ends it as its administrator would.</summary>
    public Task StopAsync() => AsPostgresAsync($"{Binaries}/pg_ctl", "-D", Data, "-w", "-m", "fast", "stop");

    /// <summary>Sends a process a signal.</summary>
    public static void Signal(int process, PosixSignal signal) => _ = kill(process, (int)signal);

    /// <summary>Lets all of its processes stand still, or go on.</summary>
    public void Signal(PosixSignal signal)
    {
        foreach (var process in Processes())
        {
            // One that has ended meanwhile needs no signal.
            _ = kill(process, (int)signal);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Processes().Any())
        {
            await AsPostgresAsync($"{Binaries}/pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string? Cwd(int pid)
    {
        try
        {
            return Directory.ResolveLinkTarget($"/proc/{pid}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>All of its processes: they are named for what they do, but work in the folder of the data.</summary>
    private IEnumerable<int> Processes() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Select(name => int.TryParse(name, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && Cwd(pid) == Data);

    private static Task AsPostgresAsync(params string[] command) =>
        Environment.IsPrivilegedProcess ? RunAsync("runuser", ["-u", "postgres", "--", .. command]) : RunAsync(command[0], command[1..]);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Not captured: a server that is started keeps what it inherits open.
        using var process = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null " + "</dev/null", program, .. arguments])
            {
                WorkingDirectory = "/",
            }
        )!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using Socket probe = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
