using System.Globalization;
using System.Runtime.InteropServices;

namespace EarlyWarning.Driver.Measuring;

/// <summary>The machine that everything runs on.</summary>
internal static class Machine
{
    /// <summary>What it is, in a line.</summary>
    public static string Describe()
    {
        var processor = Lines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(": ")[^1]
            ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        return $"{processor}, {Environment.ProcessorCount} processors, {memory:0} GB, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}";
    }

    /// <summary>Time of all processors so far: in all, in use, and idle while something waits for a disk.</summary>
    public static ProcessorTimes Times()
    {
        // user nice system idle iowait irq softirq steal
        if (Lines("/proc/stat").FirstOrDefault() is not { } line)
        {
            return default;
        }

        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Take(8)
            .Select(field => double.Parse(field, CultureInfo.InvariantCulture))
            .ToArray();
        return new(fields.Sum(), fields.Sum() - fields[3] - fields[4], fields[4]);
    }

    /// <summary>Bytes that went over the machine's network so far, both ways, without what went from it to itself.</summary>
    public static double NetworkBytes() =>
        Lines("/proc/net/dev")
            .Skip(2)
            .Select(line => line.Split(':', 2))
            .Where(parts => parts[0].Trim() != "lo")
            .Select(parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Sum(fields => double.Parse(fields[0], CultureInfo.InvariantCulture) + double.Parse(fields[8], CultureInfo.InvariantCulture));

    /// <summary>What its fastest link carries, in megabits a second each way; <see langword="null"/> where no link says.</summary>
    public static double? LinkMegabits()
    {
        double? fastest = null;
        foreach (var link in Directory.Exists("/sys/class/net") ? Directory.EnumerateDirectories("/sys/class/net") : [])
        {
            try
            {
                var speed = double.Parse(File.ReadAllText(Path.Combine(link, "speed")), CultureInfo.InvariantCulture);
                fastest = speed > Math.Max(0, fastest ?? 0) ? speed : fastest;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
            {
                // Links that are no wires have none.
            }
        }

        return fastest;
    }

    private static IEnumerable<string> Lines(string file) => File.Exists(file) ? File.ReadLines(file) : [];
}

/// <summary>Processor time, in a unit of the system's.</summary>
internal readonly record struct ProcessorTimes(double All, double Busy, double Waiting);
