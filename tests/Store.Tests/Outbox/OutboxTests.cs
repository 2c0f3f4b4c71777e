using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Outbox;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Outbox;

public sealed class SqliteOutboxTests(SqliteFixture store) : OutboxTests(store)
{
    // Each is asked at every look or sweep, beside all that was handled in a month and all that a broker has not taken.
    [Theory]
    [InlineData(OutboxSql.Due)]
    [InlineData(OutboxSql.OweAgain)]
    [InlineData(OutboxSql.FinishLate)]
    [InlineData(OutboxSql.FailLate)]
    [InlineData(OutboxSql.Finish)]
    [InlineData(OutboxSql.Fail)]
    [InlineData(OutboxSql.Fault)]
    [InlineData(OutboxSql.States)]
    [InlineData(OutboxSql.Step)]
    [InlineData(OutboxSql.Forget + OutboxSql.UpTo)]
    public async Task Look_AmongMuchThatIsOwed_ReadsNoTableWhole(string sql)
    {
        var values = new object?[] { 1L, 1L, 1L }[
            ..Enumerable.Range(1, 3).Count(number => sql.Contains($"${number}", StringComparison.Ordinal))
        ];

        var plan = await store.Store.ReadAsync(new("explain query plan " + sql, values), row => row.GetString(3), default);

        Assert.NotEmpty(plan);
        Assert.All(plan, step =>
            Assert.True(!step.StartsWith("SCAN", StringComparison.Ordinal) || step.Contains("INDEX", StringComparison.Ordinal), step)
        );
    }
}

public sealed class PostgresOutboxTests(PostgresFixture store) : OutboxTests(store);

public abstract partial class OutboxTests(RunningStore store)
{
    private static readonly DateTimeOffset s_noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly string _app = $"app-{Guid.NewGuid():N}";
    private readonly SqlOutbox _outbox = new(store.Store, TimeProvider.System);
    private readonly OwedEvents _events = new(store.Store);

    [Fact]
    public async Task Due_SeveralOfOneSubject_IsTheFirstAloneUntilItIsPublished()
    {
        await OweAsync("a1", "XAA");
        await OweAsync("b1", "XAB");
        await OweAsync("a2", "XAA");
        Assert.Equal(["a1", "b1"], await DueAsync(s_noon));

        await _outbox.PublishedAsync(Id("a1"), s_noon, default);
        Assert.Equal(["b1", "a2"], await DueAsync(s_noon));
    }

    [Fact]
    public async Task Owe_SameEventAgain_IsOwedOnce()
    {
        await OweAsync("a1", "XAA");
        await OweAsync("a1", "XAA");
        Assert.Equal(["a1"], await DueAsync(s_noon));
    }

    [Fact]
    public async Task Failed_TriedInVain_IsDueLaterAndHoldsUpItsSubjectOnly()
    {
        await OweAsync("a1", "XAA");
        await OweAsync("a2", "XAA");
        await OweAsync("b1", "XAB");
        await _outbox.FailedAsync(Id("a1"), s_noon.AddSeconds(5), "The broker is down.", default);
        Assert.Equal(["b1"], await DueAsync(s_noon));
        Assert.Equal(["a1", "b1"], await DueAsync(s_noon.AddSeconds(5)));
        Assert.Equal(
            1,
            (await _outbox.DueAsync([_app], s_noon.AddSeconds(5), 100, default)).Single(owed => owed.Event.Id == Id("a1")).Attempts
        );
    }

    [Fact]
    public async Task SetAside_PoisonedEvent_HoldsUpNoOther()
    {
        await OweAsync("a1", "XAA");
        await OweAsync("a2", "XAA");
        await _outbox.SetAsideAsync(Id("a1"), "It is too large.", default);
        Assert.Equal(["a2"], await DueAsync(s_noon.AddDays(1)));
        Assert.Equal("aside", await StateAsync("a1"));
    }

    [Fact]
    public async Task Confirm_ByAllConsumers_LeavesNothingOfItAndOnceMoreChangesNothing()
    {
        await OweAsync("a1", "XAA", "notification", "escalation");
        await _outbox.PublishedAsync(Id("a1"), s_noon, default);
        await ConfirmAsync("a1", "notification");
        await ConfirmAsync("a1", "notification");
        await ConfirmAsync("a1", "stranger");
        await SweepAsync(s_noon);
        Assert.Equal("published", await StateAsync("a1"));

        await ConfirmAsync("a1", "escalation");
        Assert.Null(await StateAsync("a1"));
    }

    [Fact]
    public async Task Confirm_BeforeItIsMarkedAsPublished_FinishesIt()
    {
        await OweAsync("a1", "XAA", "notification");
        await ConfirmAsync("a1", "notification");
        Assert.Null(await StateAsync("a1"));

        await _outbox.PublishedAsync(Id("a1"), s_noon, default);
        Assert.Null(await StateAsync("a1"));
    }

    [Fact]
    public async Task Sweep_ConfirmedByTwoThatDidNotSeeEachOther_FinishesItAndOwesNothingAgain()
    {
        await OweAsync("a1", "XAA", "notification");
        await _outbox.PublishedAsync(Id("a1"), s_noon, default);
        await store.Store.CommitAsync(
            new Unit().Add("insert into consumed (consumer, event, at, fault) values ('notification', $1, 1, '')", Id("a1")),
            default
        );

        // At the next look, long before it would be published again.
        await SweepAsync(s_noon.AddHours(-1));
        Assert.Null(await StateAsync("a1"));
    }

    [Fact]
    public async Task Confirm_SomebodyCouldNotHandleIt_IsKeptUntilItIsRetriedAndHandled()
    {
        await OweAsync("a1", "XAA", "notification", "escalation");
        await _outbox.PublishedAsync(Id("a1"), s_noon, default);
        await store.Store.CommitAsync(new Unit().Confirm("escalation", Id("a1"), s_noon, "It has no country."), default);
        await ConfirmAsync("a1", "notification");
        await SweepAsync(s_noon.AddTicks(1));

        var failed = await _events.FindAsync(Id("a1"), default);
        Assert.Equal((EventState.Failed, "escalation: It has no country."), (failed!.State, failed.Fault));
        Assert.Equal(["escalation"], failed.Missing);
        Assert.Equal(1, failed.Event.Data.Length);
        Assert.Empty(await DueAsync(s_noon.AddDays(1)));

        Assert.True(await _events.RetryAsync(Id("a1"), s_noon, default));
        Assert.Equal(["a1"], await DueAsync(s_noon));
        await _outbox.PublishedAsync(Id("a1"), s_noon, default);
        await ConfirmAsync("a1", "escalation");
        Assert.Null(await _events.FindAsync(Id("a1"), default));
        Assert.False(await _events.RetryAsync(Id("a1"), s_noon, default));
    }

    [Fact]
    public async Task Dismiss_SetAside_IsOnRecordAndNoLongerOwed()
    {
        await OweAsync("a1", "XAA", "notification");
        Dismissal dismissal = new(s_noon, "Ada", true, "Told by telephone.");
        Assert.False(await _events.DismissAsync(Id("a1"), dismissal, default));
        await _outbox.SetAsideAsync(Id("a1"), "It is too large.", default);
        Assert.Contains(await _events.ListAsync(EventState.Aside, 0, 1000, default), one => one.Event.Id == Id("a1"));

        Assert.True(await _events.DismissAsync(Id("a1"), dismissal, default));
        Assert.False(await _events.DismissAsync(Id("a1"), dismissal, default));
        Assert.DoesNotContain(await _events.ListAsync(null, 0, 1000, default), one => one.Event.Id == Id("a1"));
        var kept = Assert.Single(await _events.ListAsync(EventState.Dismissed, 0, 1000, default), one => one.Event.Id == Id("a1"));
        Assert.Equal((dismissal, "It is too large."), (kept.Dismissal, kept.Fault));
        Assert.False(await _events.RetryAsync(Id("a1"), s_noon, default));
    }

    private string Id(string name) => $"{_app}/{name}";

    private Task OweAsync(string name, string subject, params string[] consumers) =>
        store.Store.CommitAsync(
            new Unit().Owe(new(Id(name), _app, "topic", "type", subject, new byte[] { 1 }, consumers), s_noon),
            default
        );

    private Task ConfirmAsync(string name, string consumer) =>
        store.Store.CommitAsync(new Unit().Confirm(consumer, Id(name), s_noon), default);

    // Others share the store: nothing of theirs is old enough to be forgotten.
    private Task<int> SweepAsync(DateTimeOffset before) =>
        _outbox.SweepAsync([_app], before, s_noon.AddYears(-1), s_noon.AddTicks(1), default);

    private async Task<string[]> DueAsync(DateTimeOffset now) =>
        [.. (await _outbox.DueAsync([_app], now, 10_000, default)).Select(owed => owed.Event.Id[(_app.Length + 1)..])];

    private async Task<string?> StateAsync(string name) =>
        await store.Store.ReadAsync(new("select state from outbox where event = $1", Id(name)), row => row.GetString(0), default)
            is [var state]
            ? state
            : null;
}
