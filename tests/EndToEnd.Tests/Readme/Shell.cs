using System.Diagnostics;

namespace EarlyWarning.EndToEnd.Tests.Readme;

/// <summary>Runs what a reader would type into a shell.</summary>
internal static class Shell
{
    /// <summary>Runs a script in bash, which ends at the first command that fails, and gives what it prints.</summary>
    public static async Task<string> RunAsync(string script, string? folder = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var bash = Process.Start(start)!;
        var error = bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, $"{script}\nended with {bash.ExitCode}: {output} {await error}");
        return output;
    }
}
