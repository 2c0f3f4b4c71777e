using System.Diagnostics;
using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Driver.Running;
using HdrHistogram;
using Microsoft.Playwright;

namespace EarlyWarning.Viewers;

/// <summary>Looks at the board: opens it, waits at rest, under load, and in company.</summary>
internal static class BoardRun
{
    private const int Openings = 10;
    private const int Updates = 200;
    private const int Surge = 2_000;

    public static async Task<BoardReport> MeasureAsync(
        TimeSpan duration,
        int viewers,
        string chromium,
        Action<string> progress,
        CancellationToken cancellationToken
    )
    {
        await using var site = await BoardSite.OpenAsync(cancellationToken);
        progress($"{site.Countries.Count} countries, {BoardSite.Indicators} indicators each");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--renderer-process-limit=6"] }
        );
        var (first, largest, live) = await OpenAsync(browser, site);
        await using var page = await BoardPage.OpenAsync(browser, site.Board);
        if (!await page.HasTileAsync())
        {
            throw new InvalidOperationException($"The board does not show {BoardSite.Measured}.");
        }

        List<Stretch> stretches = [];
        await MeasureAsync("one viewer, at rest", 0, moves: false);
        await MeasureAsync("one viewer, one observation now and then", 0, moves: true);
        await MeasureAsync($"one viewer, {Updates} observations a second", Updates, moves: true);
        List<BoardPage> others = [];
        try
        {
            while (others.Count < viewers - 1)
            {
                others.Add(await BoardPage.OpenAsync(browser, site.Board, isSeen: false));
            }

            await MeasureAsync($"{viewers} viewers, at rest", 0, moves: false);
            await MeasureAsync($"{viewers} viewers, {Updates} observations a second", Updates, moves: true);
            await MeasureAsync($"{viewers} viewers, a surge of {Surge:N0} a second", Surge, moves: true);
        }
        finally
        {
            foreach (var other in others)
            {
                await other.DisposeAsync();
            }
        }

        return new(Machine.Describe(), site.Says, site.Countries.Count, BoardSite.Indicators, viewers, first, largest, live, stretches);

        async Task MeasureAsync(string name, int rate, bool moves)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var writing = Task.Run(() => WriteAsync(site, rate, stop.Token), CancellationToken.None);
            var stretch = await Stretch.MeasureAsync(name, site, page, duration, moves, cancellationToken);
            await stop.CancelAsync();
            await writing;
            stretches.Add(stretch);
            progress(BoardReport.Line(stretch));
        }
    }

    private static async Task<(Latency First, Latency Largest, Latency Live)> OpenAsync(IBrowser browser, BoardSite site)
    {
        var (first, largest, live) = (FlowRecorder.NewHistogram(), FlowRecorder.NewHistogram(), FlowRecorder.NewHistogram());
        for (var i = 0; i < Openings; i++)
        {
            await using var page = await BoardPage.OpenAsync(browser, site.Board);
            Add(first, page.Opened.First);
            Add(largest, page.Opened.Largest);
            Add(live, page.Opened.Live);
        }

        return (Latencies.Of(first), Latencies.Of(largest), Latencies.Of(live));

        static void Add(LongHistogram histogram, double milliseconds) => histogram.RecordValue((long)Math.Max(1, milliseconds * 1000));
    }

    /// <summary>Sends news of the other countries at a rate, in up to a hundred calls a second.</summary>
    private static async Task WriteAsync(BoardSite site, int perSecond, CancellationToken stop)
    {
        if (perSecond == 0)
        {
            return;
        }

        List<Task> calls = [];
        var (began, sent) = (Stopwatch.GetTimestamp(), 0L);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(10));
        while (!stop.IsCancellationRequested)
        {
            var due = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond - sent);
            if (due > 0)
            {
                calls.RemoveAll(call => call.IsCompletedSuccessfully);
                calls.Add(site.ReportAsync(due));
                sent += due;
            }

            await Task.WhenAny(timer.WaitForNextTickAsync(stop).AsTask());
        }

        await Task.WhenAll(calls);
    }
}
