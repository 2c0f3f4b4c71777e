using System.Collections.Concurrent;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Outbox;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Store.Tests.Clocks;

public sealed class SqliteClockedStoreTests(SqliteFixture store) : ClockedStoreTests(store)
{
    [Fact]
    public async Task ReadClock_Sqlite_HasNone() => Assert.Null(await Store.ReadClockAsync(CancellationToken.None));
}

public sealed class PostgresClockedStoreTests(PostgresFixture store) : ClockedStoreTests(store)
{
    [Fact]
    public async Task ReadClock_Postgres_SaysTheServersTime()
    {
        var (before, said, after) = (DateTimeOffset.UtcNow, await Store.ReadClockAsync(CancellationToken.None), DateTimeOffset.UtcNow);

        Assert.InRange(said!.Value, before.AddSeconds(-1), after.AddSeconds(1));
    }
}

/// <summary>What the store does while clocks disagree.</summary>
public abstract class ClockedStoreTests(RunningStore running)
{
    private static readonly DateTimeOffset s_noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_year = TimeSpan.FromDays(365);
    private readonly string _name = $"clock/{Guid.NewGuid():N}";
    private readonly FakeTimeProvider _time = new(s_noon);

    private protected SuiteStore Store => running.Store;

    [Fact]
    public async Task Append_WallIsAYearAheadAndBack_NothingIsRecordedThere()
    {
        var machine = new MovedTime(_time);
        var journals = running.Journals(new SuiteClock(machine));
        var writer = await journals.OpenAsync(_name, CancellationToken.None);
        List<DateTimeOffset> recorded = [(await writer.AppendAsync("a"u8.ToArray(), CancellationToken.None)).RecordedAt];
        machine.Moved = s_year;
        _time.Advance(TimeSpan.FromSeconds(1));
        recorded.Add((await writer.AppendAsync("b"u8.ToArray(), CancellationToken.None)).RecordedAt);
        machine.Moved = TimeSpan.Zero;
        _time.Advance(TimeSpan.FromSeconds(1));
        recorded.Add((await writer.AppendAsync("c"u8.ToArray(), CancellationToken.None)).RecordedAt);

        Assert.Equal([s_noon, s_noon.AddSeconds(1), s_noon.AddSeconds(2)], recorded);
    }

    [Fact]
    public async Task Lease_TakenByAClockAYearAhead_KeepsNobodyAway()
    {
        var ahead = new SqlDueTimes(Store, new FakeTimeProvider(s_noon + s_year));
        Assert.True(await ahead.LeaseAsync(_name, "ahead", TimeSpan.FromMilliseconds(1), CancellationToken.None));

        await Eventually.HoldsAsync(
            () => new SqlDueTimes(Store, _time).LeaseAsync(_name, "right", TimeSpan.FromSeconds(5), CancellationToken.None),
            "the lease is free",
            20
        );
    }

    [Fact]
    public async Task Due_AnAttemptWasPutOffByAClockAYearAhead_IsDueNow()
    {
        var outbox = new SqlOutbox(Store, _time);
        var owed = new OutboxEvent(_name, "app", "topic", "type", _name, "{}"u8.ToArray(), ["consumer"]);
        await Store.CommitAsync(new Unit().Owe(owed, s_noon), CancellationToken.None);
        await outbox.FailedAsync(_name, s_noon.AddHours(1), "", CancellationToken.None);
        Assert.DoesNotContain(await outbox.DueAsync(["app"], s_noon, 1_000, CancellationToken.None), due => due.Event.Id == _name);
        await outbox.FailedAsync(_name, s_noon + s_year, "", CancellationToken.None);

        Assert.Contains(await outbox.DueAsync(["app"], s_noon, 1_000, CancellationToken.None), due => due.Event.Id == _name);
        await outbox.SetAsideAsync(_name, "", CancellationToken.None);
    }

    [Fact]
    public async Task Scan_NoTimeIsCertain_WakesNobody()
    {
        var clock = new SuiteClock(new MovedTime(_time));
        clock.Know(s_noon.AddHours(1));
        ConcurrentQueue<string> woken = [];
        using var reader = Reader(clock, woken);
        await Due(clock).SetAsync(_name, "a", s_noon.AddDays(-1), CancellationToken.None);

        await reader.ScanAsync(CancellationToken.None);
        Assert.Empty(woken);
        _time.Advance(TimeSpan.FromMinutes(10));
        await reader.ScanAsync(CancellationToken.None);
        await reader.SettledAsync();
        Assert.Equal(["a"], woken);
    }

    [Fact]
    public async Task Scan_TimeIsCertainAnew_WakesEveryMemberOnce()
    {
        var machine = new MovedTime(_time);
        var clock = new SuiteClock(machine);
        ConcurrentQueue<string> woken = [];
        using var reader = Reader(clock, woken);
        await Due(clock).SetAsync(_name, "in a year", s_noon + s_year, CancellationToken.None);
        await Due(clock).SetAsync(_name, "tomorrow", s_noon.AddDays(1), CancellationToken.None);
        machine.Moved = s_year;
        await reader.ScanAsync(CancellationToken.None);
        await reader.SettledAsync();
        Assert.Empty(woken);

        machine.Moved = TimeSpan.Zero;
        clock.Read();
        await reader.ScanAsync(CancellationToken.None);
        await reader.SettledAsync();
        await reader.ScanAsync(CancellationToken.None);
        await reader.SettledAsync();
        Assert.Equal(["in a year", "tomorrow"], woken.Order());
    }

    [Fact]
    public async Task LastInUse_WasKept_IsThatTimeWhateverIsLeased()
    {
        var (kept, far) = (DateTimeOffset.UtcNow.AddYears(50), DateTimeOffset.UtcNow.AddYears(60));
        await Store.KeepInUseAsync(kept, "a-run 7", CancellationToken.None);
        await Store.CommitAsync(
            new Unit().Add("insert into lease (name, holder, until) values ($1, 'a', $2)", _name, far.UtcTicks),
            CancellationToken.None
        );

        var last = await Store.LastInUseAsync(CancellationToken.None);
        await Store.CommitAsync(new Unit().Add("delete from lease where name in ($1, 'in use')", _name), CancellationToken.None);
        Assert.Equal((kept.UtcTicks, "a-run 7"), (last.Time!.Value.UtcTicks, last.Run));
    }

    [Fact]
    public async Task Start_WallIsBehindTheStore_IsInDoubtBeforeAnythingRuns()
    {
        await Store.KeepInUseAsync(DateTimeOffset.UtcNow.AddYears(50), "", CancellationToken.None);
        var clock = new SuiteClock(new MovedTime(TimeProvider.System) { Moved = TimeSpan.FromHours(2) });
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddStore(Store).AddSuiteClock(clock);
        using var host = builder.Build();

        await host.StartAsync();
        var (doubt, time) = (clock.Read().Doubt, host.Services.GetRequiredService<TimeProvider>());
        await host.StopAsync();
        await Store.CommitAsync(new Unit().Add("delete from lease where name = 'in use'"), CancellationToken.None);
        Assert.Same(clock, time);
        Assert.True(doubt!.DecisionsWait);
    }

    private SqlDueTimes Due(TimeProvider time) => new(Store, time);

    private DueReader Reader(SuiteClock clock, ConcurrentQueue<string> woken) => new(new(_name, (due, _) =>
            {
                woken.Enqueue(due.Member);
                return Task.CompletedTask;
            }), Due(clock), clock, NullLogger<DueReader>.Instance, clock: clock);
}
