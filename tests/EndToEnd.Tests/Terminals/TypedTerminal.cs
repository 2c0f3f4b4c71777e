using System.Diagnostics;
using System.Text;
using EarlyWarning.EndToEnd.Tests.Infrastructure;

namespace EarlyWarning.EndToEnd.Tests.Terminals;

/// <summary><c>ew</c> on a terminal of its own (that of util-linux's <c>script</c>), on which a test types and looks.</summary>
internal sealed class TypedTerminal : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;

    private TypedTerminal(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public DrawnScreen Screen { get; } = new();

    public static TypedTerminal Run(string arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(
            "script",
            ["-qefc", $"stty cols 100 rows 30; exec '{SuiteProcess.CliExecutable}' {arguments}", "/dev/null"]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment.Prepend(("LANG", "C.UTF-8")).Prepend(("TERM", "xterm")))
        {
            start.Environment[name] = value;
        }

        start.Environment.Remove("LC_ALL");
        return new(Process.Start(start)!);
    }

    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until all of this is on the screen.</summary>
    public Task SeesAsync(double seconds, params string[] parts) =>
        Eventually.HoldsAsync(
            () => Screen.Text is var text && parts.All(part => text.Contains(part, StringComparison.Ordinal)),
            string.Join(" and ", parts),
            seconds,
            () => $"\n{Screen.Text}"
        );

    /// <summary>Waits until the program has ended, and gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(patience.Token);
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading;
        _process.Dispose();
        await Screen.DisposeAsync();
    }

    private async Task ReadAsync()
    {
        using var output = new StreamReader(_process.StandardOutput.BaseStream, Encoding.UTF8);
        var signs = new char[4096];
        while (await output.ReadAsync(signs) is > 0 and var count)
        {
            Screen.Write(signs, 0, count);
        }
    }
}
