using System.Globalization;

namespace EarlyWarning.Driver.Measuring;

/// <summary>A process whose processor time is measured.</summary>
/// <param name="name">What it is.</param>
/// <param name="id">Its id.</param>
/// <param name="withChildren">Together with that of its children: PostgreSQL has one for each connection.</param>
internal sealed class MeasuredProcess(string name, int id, bool withChildren = true)
{
    // The unit of /proc's times, which is fixed for what user programs see.
    private const double TicksPerSecond = 100;

    public string Name => name;

    /// <summary>The client itself, without what it has started.</summary>
    public static MeasuredProcess Client { get; } = new("client", Environment.ProcessId, withChildren: false);

    /// <summary>Reads <c>NAME=PID</c>; <see langword="null"/> where it is not that, or no such process runs.</summary>
    public static MeasuredProcess? Read(string given) =>
        given.Split('=') is [{ Length: > 0 } name, var id]
        && int.TryParse(id, CultureInfo.InvariantCulture, out var process)
        && File.Exists($"/proc/{process}/stat")
            ? new(name, process)
            : null;

    /// <summary>The processor time so far.</summary>
    public TimeSpan ProcessorTime() =>
        Stats()
            .Select(stat => TimeSpan.FromSeconds((Number(stat[13]) + Number(stat[14])) / TicksPerSecond))
            .Aggregate(TimeSpan.Zero, (sum, one) => sum + one);

    /// <summary>The memory that it holds itself, in MB; 0 once it has ended.</summary>
    public double Megabytes()
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? 0 : Number(line["VmRSS:".Length..^"kB".Length]) * 1024 / 1e6;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private IEnumerable<string[]> Stats() =>
        withChildren
            ? Directory
                .EnumerateDirectories("/proc")
                .Select(folder =>
                    int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? Stat(process) : null
                )
                .OfType<string[]>()
                .Where(stat => stat[0] == Text(id) || stat[3] == Text(id))
        : Stat(id) is { } own ? [own]
        : [];

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
