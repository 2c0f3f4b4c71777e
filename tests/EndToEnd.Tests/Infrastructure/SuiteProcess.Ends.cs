using System.Diagnostics;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Infrastructure;

/// <content>How it ends.</content>
public sealed partial class SuiteProcess
{
    /// <summary>Ends the process as a power cut would end it, as far as the process can tell.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        await _process!.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Stops it as Ctrl-C does, and gives the exit code.</summary>
    /// <remarks>
    /// A shell starts what it runs in the background with that signal ignored, which the suite inherits: there it is SIGTERM.
    /// </remarks>
    public async Task<int> StopAsync()
    {
        using var signal = Process.Start(
            "kill",
            [IgnoresInterrupt() ? "-TERM" : "-INT", ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]
        );
        return await ExitAsync(TimeSpan.FromSeconds(30));
    }

    private bool IgnoresInterrupt()
    {
        const string Ignored = "SigIgn:";
        var line = File.ReadLines($"/proc/{ProcessId}/status").First(line => line.StartsWith(Ignored, StringComparison.Ordinal));
        return (Convert.ToUInt64(line[Ignored.Length..].Trim(), 16) & 0b10) != 0;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!HasExited)
            {
                await CheckAsync();
            }
        }
        catch (RpcException)
        {
            // It does not serve: what a test has done to it, that test judges.
        }
        finally
        {
            if (!HasExited)
            {
                await KillAsync();
            }

            _process?.Dispose();
            Channel.Dispose();
        }
    }
}
