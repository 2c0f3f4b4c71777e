using System.Diagnostics;

namespace EarlyWarning.Driver.Measuring;

/// <summary>How long the disk of a folder takes to hold a small write for certain.</summary>
internal static class DiskProbe
{
    private const int Times = 50;

    /// <summary>The median of some, in milliseconds.</summary>
    public static double MedianMilliseconds(string folder)
    {
        var path = Path.Combine(folder, $"probe-{Guid.NewGuid():N}");
        var block = new byte[4096];
        var times = new double[Times];
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            for (var i = 0; i < Times; i++)
            {
                var began = Stopwatch.GetTimestamp();
                file.Write(block);
                file.Flush(flushToDisk: true);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }
        finally
        {
            File.Delete(path);
        }

        Array.Sort(times);
        return times[Times / 2];
    }
}
