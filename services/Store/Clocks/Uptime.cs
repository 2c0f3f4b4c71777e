using System.Diagnostics;
using System.Globalization;

namespace EarlyWarning.Store.Clocks;

/// <summary>How long the machine has run, its sleep included, which the monotonic clock of Linux leaves out.</summary>
internal static class Uptime
{
    private const string File = "/proc/uptime";
    private const string BootFile = "/proc/sys/kernel/random/boot_id";
    private static readonly TimeSpan s_exact = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Reads it; <see langword="null"/> where the system does not say, or says it of a container, which has run for less than the machine.
    /// </summary>
    public static TimeSpan? Read() =>
        double.TryParse(Line(File).Split(' ')[0], CultureInfo.InvariantCulture, out var seconds)
        && TimeSpan.FromSeconds(seconds) is var ran
        && ran >= Stopwatch.GetElapsedTime(0) - s_exact
            ? ran
            : null;

    /// <summary>Names the machine's present run, another with each boot; empty where the system does not say.</summary>
    public static string Boot() => Line(BootFile);

    private static string Line(string file)
    {
        try
        {
            return System.IO.File.Exists(file) ? System.IO.File.ReadAllText(file).Trim() : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
