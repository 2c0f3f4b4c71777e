using System.Globalization;

namespace EarlyWarning.Store.Clocks;

/// <summary>How long the machine has run, its sleep included, which the monotonic clock of Linux leaves out.</summary>
internal static class Uptime
{
    private const string File = "/proc/uptime";

    /// <summary>Reads it; <see langword="null"/> where the system does not say.</summary>
    public static TimeSpan? Read()
    {
        try
        {
            return
                System.IO.File.Exists(File)
                && double.TryParse(System.IO.File.ReadAllText(File).Split(' ')[0], CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
