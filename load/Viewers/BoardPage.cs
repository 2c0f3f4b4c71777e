using System.Diagnostics;
using System.Text.Json;
using EarlyWarning.Driver.Running;
using HdrHistogram;
using Microsoft.Playwright;

namespace EarlyWarning.Viewers;

/// <summary>A page of the board whose paints, renders, bytes and processor time are counted.</summary>
internal sealed class BoardPage : IAsyncDisposable
{
    private const string Tile = $".tiles a[title='{BoardSite.MeasuredName}'] .v";

    // What is on the screen with the next frame, by the wall clock.
    private const string Awaited = """
        ([selector, text]) => new Promise(seen => {
          const tile = document.querySelector(selector);
          const look = () => {
            if (tile.textContent.trim() !== text) return false;
            requestAnimationFrame(() => seen(performance.timeOrigin + performance.now()));
            return true;
          };
          if (!look()) {
            const watch = new MutationObserver(() => { if (look()) watch.disconnect(); });
            watch.observe(tile, { subtree: true, childList: true, characterData: true });
          }
        })
        """;

    private const string Count = """
        () => {
          window.renders = 0;
          const watch = new MutationObserver(() => window.renders++);
          watch.observe(document.querySelector('.world'), { subtree: true, childList: true, characterData: true, attributes: true });
        }
        """;

    private readonly IPage _page;
    private readonly ICDPSession _session;
    private long _bytes;

    private BoardPage(IPage page, ICDPSession session) => (_page, _session) = (page, session);

    /// <summary>Milliseconds to the first paint with content in it, to the largest, and until the page is live.</summary>
    public required (double First, double Largest, double Live) Opened { get; init; }

    /// <summary>Opens one in a browser's context that has nothing in its cache.</summary>
    public static async Task<BoardPage> OpenAsync(IBrowser browser, Uri board, bool isSeen = true)
    {
        var context = await browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 1440, Height = 900 },
            }
        );
        var page = await context.NewPageAsync();
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        await session.SendAsync("Network.enable");
        await page.AddInitScriptAsync(
            """
            window.largest = 0;
            new PerformanceObserver(list => { for (const entry of list.getEntries()) window.largest = entry.startTime; })
              .observe({ type: 'largest-contentful-paint', buffered: true });
            """
        );
        await page.GotoAsync($"{board}?framework=load", new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
        var live = await page.EvaluateAsync<double>("() => performance.now()");
        var opened = await page.EvaluateAsync<double[]>(
            "() => [performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, window.largest]"
        );
        if (!isSeen)
        {
            // Somebody whose window is behind others costs the suite as much, and this machine less.
            await page.EvaluateAsync("() => { document.body.style.display = 'none'; }");
        }

        BoardPage one = new(page, session) { Opened = (opened[0], opened[1], live) };
        one.CountBytes();
        await page.EvaluateAsync(Count);
        return one;
    }

    /// <summary>How long each of some observations takes from its sending until it is on the screen.</summary>
    /// <param name="site">The suite.</param>
    /// <param name="duration">For how long observations are sent.</param>
    /// <param name="pause">The least and, by half as much again, the most between one on the screen and the next.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<LongHistogram> WatchAsync(BoardSite site, TimeSpan duration, TimeSpan pause, CancellationToken cancellationToken)
    {
        var (latencies, random, began) = (FlowRecorder.NewHistogram(), new Random(1), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            var seen = _page.EvaluateAsync<double>(Awaited, new[] { Tile, site.Next });
            // Until the page watches.
            await _page.EvaluateAsync("() => 0");
            var sent = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
            await site.MoveAsync();
            var shown = await seen.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
            latencies.RecordValue((long)Math.Max(1, (shown - sent) * 1000));

            // In step with nothing that the suite does by itself.
            await Task.Delay(pause * (1 + (random.NextDouble() / 2)), cancellationToken);
        }

        return latencies;
    }

    /// <summary>What it has counted so far.</summary>
    public async Task<PageCounts> CountsAsync()
    {
        var metrics = (await _session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        var byName = metrics.EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!, Value);
        return new(
            Interlocked.Read(ref _bytes),
            await _page.EvaluateAsync<int>("() => window.renders"),
            byName["TaskDuration"],
            byName["JSHeapUsedSize"] / 1e6
        );
    }

    /// <summary>Whether the tile of the measured country is there.</summary>
    public async Task<bool> HasTileAsync() => await _page.Locator(Tile).CountAsync() == 1;

    public async ValueTask DisposeAsync() => await _page.Context.CloseAsync();

    private static double Value(JsonElement metric) => metric.GetProperty("value").GetDouble();

    private void CountBytes()
    {
        // Headers of a request that is answered from nowhere else are some 500 bytes.
        _session.Event("Network.loadingFinished").OnEvent += (_, news) =>
            Interlocked.Add(ref _bytes, (long)news!.Value.GetProperty("encodedDataLength").GetDouble() + 500);
        foreach (var way in new[] { "Network.webSocketFrameReceived", "Network.webSocketFrameSent" })
        {
            _session.Event(way).OnEvent += (_, news) => Interlocked.Add(ref _bytes, Length(news!.Value.GetProperty("response")));
        }
    }

    // A binary frame is shown in base64.
    private static long Length(JsonElement frame)
    {
        var text = frame.GetProperty("payloadData").GetString()!.Length;
        return frame.GetProperty("opcode").GetInt32() == 2 ? text * 3L / 4 : text;
    }
}

/// <summary>What a page has counted since it was opened.</summary>
/// <param name="Bytes">Bytes over the network, both ways.</param>
/// <param name="Renders">How often what it shows of the world was changed.</param>
/// <param name="Seconds">Processor time of its main thread.</param>
/// <param name="Megabytes">What its scripts hold.</param>
internal readonly record struct PageCounts(long Bytes, int Renders, double Seconds, double Megabytes);
