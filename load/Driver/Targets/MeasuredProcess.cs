using System.Globalization;

namespace EarlyWarning.Driver.Targets;

/// <summary>A process that others started, whose processor time is measured together with that of its children.</summary>
internal sealed class MeasuredProcess(string name, int id)
{
    // The unit of /proc's times, which is fixed for what user programs see.
    private const double TicksPerSecond = 100;

    public string Name => name;

    /// <summary>Reads <c>NAME=PID</c>; <see langword="null"/> where it is not that, or no such process runs.</summary>
    public static MeasuredProcess? Read(string given) =>
        given.Split('=') is [{ Length: > 0 } name, var id]
        && int.TryParse(id, CultureInfo.InvariantCulture, out var process)
        && File.Exists($"/proc/{process}/stat")
            ? new(name, process)
            : null;

    /// <summary>The processor time so far.</summary>
    public TimeSpan ProcessorTime() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? Stat(process) : null)
            .OfType<string[]>()
            .Where(stat => stat[0] == Text(id) || stat[3] == Text(id))
            .Select(stat => TimeSpan.FromSeconds((Number(stat[13]) + Number(stat[14])) / TicksPerSecond))
            .Aggregate(TimeSpan.Zero, (sum, one) => sum + one);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string[]? Stat(int process)
    {
        try
        {
            // The name, in brackets, may hold spaces.
            var text = File.ReadAllText($"/proc/{process}/stat");
            return [Text(process), "", .. text[(text.LastIndexOf(')') + 2)..].Split(' ')];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
