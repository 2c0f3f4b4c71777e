using System.Diagnostics;
using EarlyWarning.EndToEnd.Tests.Infrastructure;

namespace EarlyWarning.EndToEnd.Tests.RealInput;

/// <summary>The real <c>ew</c>, as a user of a suite runs it.</summary>
internal static class EwProcess
{
    public static Task<Run> RunAsync(SuiteProcess suite, params string[] arguments) => RunAsync(suite.Grpc, "", arguments);

    /// <summary>Runs it against a suite at an address, with a key where there is one.</summary>
    public static async Task<Run> RunAsync(Uri suite, string key, params string[] arguments)
    {
        var start = new ProcessStartInfo(SuiteProcess.CliExecutable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["EW_ENDPOINT"] = suite.ToString();
        start.Environment.Remove("EW_API_KEY");
        if (key.Length > 0)
        {
            start.Environment["EW_API_KEY"] = key;
        }

        using var process = Process.Start(start)!;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>What a command ended with and printed.</summary>
    public sealed record Run(int Code, string Out, string Error);
}
