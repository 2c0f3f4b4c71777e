using System.Diagnostics.Metrics;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Cache;

public sealed class ResultCacheTests : IAsyncLifetime
{
    private readonly Results _results = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _results.DisposeAsync();

    [Fact]
    public async Task GetAsync_Twice_ComputesOnceAndAnswersTheSame()
    {
        Assert.False(await _results.AskAsync("twice"));
        Assert.True(await _results.AskAsync("twice"));

        Assert.Equal((1, 1, 0.5), (_results.Computed, _results.Metrics.Hits, _results.Metrics.HitRatio));
    }

    [Fact]
    public async Task GetAsync_OtherContent_IsComputed()
    {
        await _results.AskAsync("one");

        Assert.False(await _results.AskAsync("other"));
    }

    [Fact]
    public async Task GetAsync_AtTheSameTime_IsOneComputation()
    {
        var cache = _results.Cache;
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var computed = 0;
        Task<CachedResult<V1.Computation>> Ask() =>
            cache.GetAsync<V1.Computation>(
                new ContentKey("flight"),
                async (key, _, _) =>
                {
                    Interlocked.Increment(ref computed);
                    started.SetResult();
                    await release.Task;
                    return new() { Key = key };
                },
                None
            );

        var first = Ask();
        await started.Task;
        var second = Ask();
        release.SetResult();

        Assert.Equal((await first).Result, (await second).Result);
        Assert.NotSame((await first).Result, (await second).Result);
        Assert.Equal(1, computed);
    }

    [Fact]
    public async Task GetAsync_OneOfTwoLeaves_GoesOnForTheOtherAndEndsWithTheLast()
    {
        var cache = _results.Cache;
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        using var one = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        Task Ask(CancellationToken token) =>
            cache.GetAsync<V1.Computation>(
                new ContentKey("leaving"),
                async (_, _, ending) =>
                {
                    started.TrySetResult();
                    await Task.Delay(Timeout.Infinite, ending)
                        .ContinueWith(_ => ended.SetResult(), None, TaskContinuationOptions.None, TaskScheduler.Default);
                    ending.ThrowIfCancellationRequested();
                    return new();
                },
                token
            );

        var first = Ask(one.Token);
        await started.Task;
        var second = Ask(other.Token);
        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(ended.Task.IsCompleted);
        await other.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), None);
    }

    [Fact]
    public async Task GetAsync_Failure_IsEverybodysAndIsNotKept()
    {
        Task<CachedResult<V1.Computation>> Ask(Func<V1.Computation> compute) =>
            _results.Cache.GetAsync(new ContentKey("failing"), (_, _, _) => Task.FromResult(compute()), None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Ask(() => throw new InvalidOperationException()));

        Assert.False((await Ask(() => new())).Cached);
    }

    [Fact]
    public async Task GetAsync_TooLarge_IsAnsweredAndNotKept()
    {
        await using var small = new Results(new() { MaxResultBytes = 1_024 });

        Assert.False(await small.AskAsync("large", 2_000));
        Assert.False(await small.AskAsync("large", 2_000));
    }

    [Fact]
    public async Task Keep_MoreThanItsMemory_ForgetsOldOnesNeverTheNewestAndStaysBounded()
    {
        await using var small = new Results(new() { MemoryMegabytes = 16 });
        for (var i = 0; i < 60; i++)
        {
            Assert.False(await small.AskAsync($"large {i}", 1_000_000));
            Assert.True(await small.AskAsync($"large {i}", 1_000_000));
            Assert.InRange(small.Levels.Size.Bytes!.Value, 1_000_000, 16 * 1024 * 1024);
        }

        Assert.InRange(small.Levels.Size.Entries!.Value, 6, 16);
        Assert.False(await small.AskAsync("large 0", 1_000_000));
    }

    [Fact]
    public async Task Keep_VeryManySmallOnes_CountsWhatTheyTakeBesides()
    {
        await using var small = new Results(new() { MemoryMegabytes = 16 });
        for (var i = 0; i < 40_000; i++)
        {
            await small.AskAsync($"small {i}", 1);
        }

        Assert.InRange(small.Levels.Size.Entries!.Value, 10_000, 16 * 1024 * 1024 / CacheLevels.EntryBytes);
    }

    [Fact]
    public async Task GetAsync_Reports_ReachEveryCallFromTheBeginning()
    {
        var cache = _results.Cache;
        var half = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        Task Ask(List<double> seen) =>
            cache.GetAsync<V1.Computation>(
                new ContentKey("reports"),
                async (_, progress, _) =>
                {
                    progress.Report(new(0.5, "test"));
                    half.SetResult();
                    await release.Task;
                    progress.Report(new(0.9, "test"));
                    return new();
                },
                None,
                report =>
                {
                    seen.Add(report.Share);
                    return Task.CompletedTask;
                }
            );

        List<double> one = [],
            other = [];
        var first = Ask(one);
        await half.Task;
        var second = Ask(other);
        release.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal([0.5, 0.9], one);
        Assert.Equal([0.5, 0.9], other);
    }

    [Fact]
    public async Task Status_AfterUse_TellsEntriesBytesAndRatio()
    {
        Assert.Equal("Holds 0 entries in 0.0 MB in this process.", (await _results.StatusAsync()).Text);
        await _results.AskAsync("status", 200_000);
        await _results.AskAsync("status", 200_000);

        var line = await _results.StatusAsync();

        Assert.Equal(("cache", V1.Health.Ok), (line.Subject, line.Health));
        Assert.Equal("Holds 1 entries in 0.2 MB in this process; 50 % of the results asked for were there.", line.Text);
    }

    [Fact]
    public async Task Metrics_OfWhatIsNotKnown_AreAbsentAndNotZero()
    {
        var seen = Observe();
        Assert.Equal(["entries process", "size process"], seen);

        await _results.AskAsync("known");
        _results.Metrics.RedisSize = new(7, null);

        Assert.Equal(["entries process", "entries redis", "hit_ratio ", "size process"], Observe());
    }

    private List<string> Observe()
    {
        const string Stem = "earlywarning.scoring.cache.";
        List<string> seen = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name.StartsWith(Stem, StringComparison.Ordinal) && instrument.Meter == _results.Metrics.Meter)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => seen.Add(Named(instrument, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Add(Named(instrument, tags)));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. seen.Order(StringComparer.Ordinal)];

        static string Named(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            $"{instrument.Name[Stem.Length..]} {(tags.Length > 0 ? tags[0].Value : "")}";
    }
}
