using System.Diagnostics;
using System.Globalization;
using EarlyWarning.EndToEnd.Tests.Structure;

namespace EarlyWarning.EndToEnd.Tests.Samples;

/// <summary>A sample in a process of its own, started by a command of the samples' page.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private const string DotnetRun = "dotnet run -c Release --project samples/csharp --";
    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly List<string> _complained = [];

    private SampleProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(_said, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_complained, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The lines of its standard output.</summary>
    public IReadOnlyList<string> Said => Copy(_said);

    /// <summary>The lines of its standard error.</summary>
    public IReadOnlyList<string> Complained => Copy(_complained);

    /// <summary>Starts a command against a port, which is that of JSON for curl and that of gRPC otherwise.</summary>
    public static SampleProcess Start(string command, int port)
    {
        // What is built is run, and Python is Debian's own, for which its packages are.
        var built = Path.Combine(Repository.Root, "artifacts", "bin", "Samples", Build, "EarlyWarning.Samples");
        var start = new ProcessStartInfo("bash", ["-c", $"exec {command.Replace(DotnetRun, $"'{built}'", StringComparison.Ordinal)}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        (start.Environment["EW_ENDPOINT"], start.Environment["EW_HTTP"]) = (address, address);
        start.Environment["PATH"] = $"/usr/bin:{Environment.GetEnvironmentVariable("PATH")}";
        return new(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end, and again where it says that the same may succeed later, as on a busy machine.</summary>
    /// <returns>Its exit code, and what it printed on its standard output and in all.</returns>
    public static async Task<(int Code, IReadOnlyList<string> Said, string All)> RunAsync(string command, int port)
    {
        const int NotNow = 75;
        for (var more = 3; ; more--)
        {
            await using var sample = Start(command, port);
            if (await sample.ExitAsync() is var code && (code != NotNow || more == 0))
            {
                return (code, sample.Said, sample.ToString());
            }
        }
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Eventually.Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>All that it printed, for a message.</summary>
    public override string ToString() => string.Join('\n', Said.Concat(Complained));

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static string Build => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static void Keep(List<string> lines, string? line)
    {
        lock (lines)
        {
            if (line is not null)
            {
                lines.Add(line);
            }
        }
    }

    private static List<string> Copy(List<string> lines)
    {
        lock (lines)
        {
            return [.. lines];
        }
    }
}
