using System.Diagnostics.Metrics;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Store.Cache;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Scoring.Tests.Cache;

public sealed class ResultCacheTests : IAsyncLifetime
{
    private readonly CacheConnection _connection = new(new() { MemoryMegabytes = 16, Timeout = TimeSpan.FromSeconds(5) }, NullLoggerFactory.Instance);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _connection.StartAsync(None);

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task GetAsync_Twice_ComputesOnceAndAnswersTheSame()
    {
        var (cache, metrics) = Make(_connection);
        var computed = 0;

        var first = await AskAsync(cache, "twice", () => ++computed);
        var second = await AskAsync(cache, "twice", () => ++computed);

        Assert.Equal((1, false, 1, true), (first.Result.Key.Length, first.Cached, second.Result.Key.Length, second.Cached));
        Assert.Equal((1, 0.5), (metrics.Hits, metrics.HitRatio));
    }

    [Fact]
    public async Task GetAsync_OtherContent_IsComputed()
    {
        var (cache, _) = Make(_connection);
        await AskAsync(cache, "one", () => 1);

        Assert.False((await AskAsync(cache, "other", () => 2)).Cached);
    }

    [Fact]
    public async Task GetAsync_CacheDown_ComputesEachTimeAndFailsNobody()
    {
        var down = new CacheConnection(new() { ConnectionString = "127.0.0.1:1,connectTimeout=100" }, NullLoggerFactory.Instance);
        await down.StartAsync(None);
        var (cache, metrics) = Make(down);
        var computed = 0;

        await AskAsync(cache, "down", () => ++computed);
        var second = await AskAsync(cache, "down", () => ++computed);

        Assert.Equal((2, false), (computed, second.Cached));
        Assert.Equal(0, metrics.HitRatio);
        var line = Assert.Single(await new CacheStatus(down, metrics).GetLinesAsync(None));
        Assert.Equal(("cache", V1.Health.Attention), (line.Subject, line.Health));
        await down.DisposeAsync();
    }

    [Fact]
    public async Task GetAsync_AtTheSameTime_IsOneComputation()
    {
        var (cache, _) = Make(_connection);
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var computed = 0;
        Task<CachedResult<V1.Computation>> Ask() => cache.GetAsync<V1.Computation>(
            new ContentKey("flight"),
            async (key, _, _) =>
            {
                Interlocked.Increment(ref computed);
                started.SetResult();
                await release.Task;
                return new() { Key = key };
            },
            None);

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
        var (cache, _) = Make(_connection);
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        using var one = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        Task Ask(CancellationToken token) => cache.GetAsync<V1.Computation>(
            new ContentKey("leaving"),
            async (_, _, ending) =>
            {
                started.TrySetResult();
                await Task.Delay(Timeout.Infinite, ending).ContinueWith(_ => ended.SetResult(), None, TaskContinuationOptions.None, TaskScheduler.Default);
                ending.ThrowIfCancellationRequested();
                return new();
            },
            token);

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
        var (cache, _) = Make(_connection);

        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(cache, "failing", () => throw new InvalidOperationException()));

        Assert.Equal(1, (await AskAsync(cache, "failing", () => 1)).Result.Key.Length);
    }

    [Fact]
    public async Task GetAsync_TooLarge_IsAnsweredAndNotKept()
    {
        var (cache, _) = Make(_connection, new() { MaxResultBytes = 1_024 });

        await AskAsync(cache, "large", () => 2_000);

        Assert.False((await AskAsync(cache, "large", () => 2_000)).Cached);
    }

    [Fact]
    public async Task GetAsync_Reports_ReachEveryCallFromTheBeginning()
    {
        var (cache, _) = Make(_connection);
        var half = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        Task Ask(List<double> seen) => cache.GetAsync<V1.Computation>(
            new ContentKey("reports"),
            async (_, progress, _) =>
            {
                progress.Report(new() { Progress = 0.5 });
                half.SetResult();
                await release.Task;
                progress.Report(new() { Progress = 0.9 });
                return new();
            },
            None,
            report =>
            {
                seen.Add(report.Progress);
                return Task.CompletedTask;
            });

        List<double> one = [], other = [];
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
        var (cache, metrics) = Make(_connection);
        await AskAsync(cache, "status", () => 1);
        await AskAsync(cache, "status", () => 1);

        var line = Assert.Single(await new CacheStatus(_connection, metrics).GetLinesAsync(None));

        Assert.Equal(V1.Health.Ok, line.Health);
        Assert.Contains("Holds 1 entries", line.Text, StringComparison.Ordinal);
        Assert.Contains("50 %", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralErrors_NamesThemTogether() => Assert.Equal(
        4, new ScoringOptions { Processors = 0, CountriesAtOnce = 0, KeepResults = TimeSpan.Zero, MaxResultBytes = 1 }.Validate().Count);

    private (ResultCache Cache, ScoringMetrics Metrics) Make(CacheConnection connection, ScoringOptions? options = null)
    {
        var metrics = new ScoringMetrics(_services.GetRequiredService<IMeterFactory>());
        return (new(connection, options ?? new(), metrics, TimeProvider.System), metrics);
    }

    private static Task<CachedResult<V1.Computation>> AskAsync(ResultCache cache, string content, Func<int> compute) => cache.GetAsync<V1.Computation>(
        new ContentKey("test").Add(content), (_, _, _) => Task.FromResult(new V1.Computation { Key = new('x', compute()) }), None);
}
