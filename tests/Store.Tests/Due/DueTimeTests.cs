using System.Collections.Concurrent;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Store.Tests.Due;

public sealed class SqliteDueTimeTests(SqliteFixture store) : DueTimeTests(store);

public sealed class PostgresDueTimeTests(PostgresFixture store) : DueTimeTests(store);

public abstract class DueTimeTests(RunningStore store)
{
    private static readonly DateTimeOffset s_noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly IDueTimes _due = store.DueTimes();
    private readonly string _queue = $"test/{Guid.NewGuid():N}";
    private readonly FakeTimeProvider _time = new(s_noon);

    [Fact]
    public async Task Due_SomeAreDue_AreListedEarliestFirstAndStay()
    {
        await _due.SetAsync(_queue, "late", s_noon.AddSeconds(2), CancellationToken.None);
        await _due.SetAsync(_queue, "now", s_noon, CancellationToken.None);
        await _due.SetAsync(_queue, "early", s_noon.AddDays(-1), CancellationToken.None);
        await _due.SetAsync(_queue, "moved", s_noon.AddDays(-2), CancellationToken.None);
        await _due.SetAsync(_queue, "moved", s_noon.AddDays(2), CancellationToken.None);
        await _due.SetAsync(_queue, "gone", s_noon.AddDays(-3), CancellationToken.None);
        await _due.RemoveAsync(_queue, "gone", CancellationToken.None);

        DueTime[] expected = [new("early", s_noon.AddDays(-1)), new("now", s_noon)];
        Assert.Equal(expected, await _due.DueAsync(_queue, s_noon, 10, CancellationToken.None));
        Assert.Equal(expected, await _due.DueAsync(_queue, s_noon.AddSeconds(1), 10, CancellationToken.None));
        Assert.Equal(expected[..1], await _due.DueAsync(_queue, s_noon, 1, CancellationToken.None));
    }

    [Fact]
    public async Task Due_WithinAMillisecond_IsNotListedBeforeItsTime()
    {
        await _due.SetAsync(_queue, "a", s_noon.AddTicks(1), CancellationToken.None);

        Assert.Empty(await _due.DueAsync(_queue, s_noon, 10, CancellationToken.None));
        Assert.Single(await _due.DueAsync(_queue, s_noon.AddMilliseconds(1), 10, CancellationToken.None));
    }

    [Fact]
    public async Task Lease_Held_IsRenewedByItsHolderAndRefusedToOthers()
    {
        Assert.True(await _due.LeaseAsync(_queue, "a", TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.False(await _due.LeaseAsync(_queue, "b", TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.True(await _due.LeaseAsync(_queue, "a", TimeSpan.FromMilliseconds(1), CancellationToken.None));
        var waited = 0;
        while (!await _due.LeaseAsync(_queue, "b", TimeSpan.FromMinutes(1), CancellationToken.None))
        {
            Assert.True(++waited < 10_000, "The lease of one millisecond never ended.");
        }
    }

    [Fact]
    public async Task Scan_OneMemberThrowsAndOneHangs_WakesTheOthers()
    {
        ConcurrentQueue<string> woken = [];
        TaskCompletionSource hanging = new();
        using var reader = Reader(
            async (due, cancellationToken) =>
            {
                woken.Enqueue(due.Member);
                await (
                    due.Member switch
                    {
                        "b" => throw new InvalidOperationException("b always fails"),
                        "c" => hanging.Task,
                        _ => _due.RemoveAsync(_queue, due.Member, cancellationToken),
                    }
                );
            }
        );
        foreach (var member in (string[])["a", "b", "c", "d"])
        {
            await _due.SetAsync(_queue, member, s_noon.AddSeconds(member[0] - 'z'), CancellationToken.None);
        }

        await reader.ScanAsync(CancellationToken.None);
        await WaitAsync(() => woken.Count == 4, () => $"woken: {string.Join(' ', woken)}");
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while ((await _due.DueAsync(_queue, s_noon, 10, CancellationToken.None)).Count != 2)
        {
            Assert.False(patience.IsCancellationRequested, "a and d are still due");
        }

        await reader.ScanAsync(CancellationToken.None);
        await WaitAsync(() => woken.Count == 5, () => $"woken: {string.Join(' ', woken)}");

        // Those that hang are not woken a second time, those that failed are.
        Assert.Equal(["a", "b", "b", "c", "d"], woken.Order());
        hanging.SetResult();
        await reader.SettledAsync();
    }

    [Fact]
    public async Task Scan_AnotherHoldsTheLease_WakesNobody()
    {
        await _due.SetAsync(_queue, "a", s_noon, CancellationToken.None);
        Assert.True(await _due.LeaseAsync(_queue, "other", TimeSpan.FromMinutes(1), CancellationToken.None));
        using var reader = Reader((_, _) => throw new InvalidOperationException("woken without the lease"));

        await reader.ScanAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Start_SomethingBecomesDue_WakesItWithinASecond()
    {
        ConcurrentQueue<string> woken = [];
        using var reader = Reader(
            async (due, cancellationToken) =>
            {
                await _due.RemoveAsync(_queue, due.Member, cancellationToken);
                woken.Enqueue(due.Member);
            }
        );
        await _due.SetAsync(_queue, "before", s_noon.AddDays(-1), CancellationToken.None);
        await _due.SetAsync(_queue, "later", s_noon.AddSeconds(10), CancellationToken.None);
        await reader.StartAsync(CancellationToken.None);
        await WaitAsync(() => woken.Count == 1, () => "nothing was woken at the start");

        await WaitAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return woken.Count == 2;
            },
            () => "what became due was not woken"
        );
        Assert.Equal(["before", "later"], woken);
        await reader.StopAsync(CancellationToken.None);
    }

    private static async Task WaitAsync(Func<bool> condition, Func<string> seen)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, seen());
            await Task.Yield();
        }
    }

    private DueReader Reader(Func<DueTime, CancellationToken, Task> wake) =>
        new(new(_queue, wake), _due, _time, NullLogger<DueReader>.Instance);
}
