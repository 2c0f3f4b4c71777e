using System.Diagnostics;

namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>A command of the system that a test needs to play a fault, and that not everybody may run.</summary>
internal static class SystemCommand
{
    /// <summary>Runs it to its end.</summary>
    public static (int Code, string Error) Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error.Trim());
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (-1, exception.Message);
        }
    }

    /// <summary>Runs it, or skips the test where it fails.</summary>
    public static void Need(string command, params string[] arguments)
    {
        var (code, error) = Run(command, arguments);
        Assert.SkipUnless(code == 0, $"`{command} {string.Join(' ', arguments)}` does not work here: {error}");
    }
}
