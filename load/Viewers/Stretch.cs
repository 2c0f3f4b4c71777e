using System.Diagnostics;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Driver.Running;

namespace EarlyWarning.Viewers;

/// <summary>What a stretch of a run came to.</summary>
/// <param name="Name">What went on.</param>
/// <param name="Screen">From the sending of an observation until it is on the screen; absent where none was sent.</param>
/// <param name="BytesPerSecond">What a page took and gave.</param>
/// <param name="RendersPerSecond">How often a page changed.</param>
/// <param name="PageProcessors">Processors that a page's main thread used.</param>
/// <param name="PageMegabytes">What a page's scripts held.</param>
/// <param name="SuiteProcessors">Processors that the suite used.</param>
/// <param name="SuiteMegabytes">Memory that the suite held.</param>
internal sealed record Stretch(
    string Name,
    Latency? Screen,
    double BytesPerSecond,
    double RendersPerSecond,
    double PageProcessors,
    double PageMegabytes,
    double SuiteProcessors,
    double SuiteMegabytes
)
{
    /// <summary>A page that was changed half a second ago is at rest again.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Measures one.</summary>
    /// <param name="name">What goes on.</param>
    /// <param name="site">The suite.</param>
    /// <param name="page">The page that is looked at.</param>
    /// <param name="duration">How long.</param>
    /// <param name="moves">Whether observations of the measured country are sent and awaited.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task<Stretch> MeasureAsync(
        string name,
        BoardSite site,
        BoardPage page,
        TimeSpan duration,
        bool moves,
        CancellationToken cancellationToken
    )
    {
        var began = Stopwatch.GetTimestamp();
        var (before, used) = (await page.CountsAsync(), site.Suite.ProcessorTime());
        var latencies = moves ? await page.WatchAsync(site, duration, s_pause, cancellationToken) : null;
        if (Stopwatch.GetElapsedTime(began) is var spent && spent < duration)
        {
            await Task.Delay(duration - spent, cancellationToken);
        }

        var (after, seconds) = (await page.CountsAsync(), Stopwatch.GetElapsedTime(began).TotalSeconds);
        return new(
            name,
            latencies is null ? null : Latencies.Of(latencies),
            (after.Bytes - before.Bytes) / seconds,
            (after.Renders - before.Renders) / seconds,
            (after.Seconds - before.Seconds) / seconds,
            after.Megabytes,
            (site.Suite.ProcessorTime() - used).TotalSeconds / seconds,
            site.Suite.Megabytes()
        );
    }
}
