using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Requests;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Store.Tests.Requests;

public sealed class SqliteRequestTableTests(SqliteFixture store) : RequestTableTests(store)
{
    [Theory]
    [InlineData("select method from request where caller = $1 and id = $2", 2)]
    [InlineData("select at, size from request where at < $1 and at >= $2 order by at desc limit $3", 3)]
    [InlineData("delete from request where at < $1", 1)]
    public async Task Look_OfAnyKind_GoesByAnIndex(string sql, int values)
    {
        var plan = await store.Store.ReadAsync(
            new("explain query plan " + sql, [.. Enumerable.Repeat<object?>(1L, values)]),
            row => row.GetString(3),
            default
        );

        Assert.All(plan, step => Assert.StartsWith("SEARCH", step, StringComparison.Ordinal));
    }
}

public sealed class PostgresRequestTableTests(PostgresFixture store) : RequestTableTests(store);

public abstract class RequestTableTests(RunningStore store)
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly string _caller = $"caller-{Guid.NewGuid():N}";

    private RequestTable Table => new(store.Store, _time);

    [Fact]
    public async Task KeepRequest_WithAnEffect_IsFoundAndRefusesTheSameEffectOnceMore()
    {
        await store.Store.CommitAsync(Effect("first"), default);

        await Assert.ThrowsAsync<StoreConflictException>(() => store.Store.CommitAsync(Effect("second"), default));

        var kept = await Table.FindAsync(_caller, "id", default);
        Assert.Equal(new RequestMark(_caller, "id", "/method", "said"), kept!.Mark);
        Assert.Equal(("", "first"), (kept.Reached, System.Text.Encoding.UTF8.GetString(kept.Answer)));
        Assert.Equal("first", await EffectAsync());

        Unit Effect(string what) =>
            new Unit()
                .Add(
                    "insert into lease (name, holder, until) values ($1, $2, 0) on conflict (name) do update set holder = excluded.holder",
                    _caller,
                    what
                )
                .KeepRequest(Mark("id"), Bytes(what), _time.GetUtcNow());
    }

    [Fact]
    public async Task KeepRequest_WithoutAMark_KeepsNothingAndRefusesNothing()
    {
        var unit = new Unit().KeepRequest("", Bytes("answer"), _time.GetUtcNow());

        Assert.True(unit.IsEmpty);
        await store.Store.CommitAsync(unit, default);
    }

    [Fact]
    public async Task Find_UnderAnotherCaller_IsNothing()
    {
        await Table.KeepAsync(Mark("id"), Bytes("answer"), default);

        Assert.Null(await Table.FindAsync(_caller + "-other", "id", default));
    }

    [Fact]
    public async Task Keep_WhereAnAnswerIsKept_LeavesTheFirst()
    {
        await Table.KeepAsync(Mark("id"), Bytes("first"), default);
        await Table.KeepAsync(Mark("id"), Bytes("second"), default);

        Assert.Equal(Bytes("first"), (await Table.FindAsync(_caller, "id", default))!.Answer);
    }

    [Fact]
    public async Task StepRequest_FromWhereItIs_GoesOnAndFromElsewhereIsRefused()
    {
        await StepAsync("", "a");
        await StepAsync("a", "b");
        await Assert.ThrowsAsync<StoreConflictException>(() => StepAsync("a", "c"));
        Assert.Equal("b", (await Table.FindAsync(_caller, "id", default))!.Reached);

        await Table.KeepAsync(Mark("id"), Bytes("whole"), default);
        var kept = (await Table.FindAsync(_caller, "id", default))!;
        Assert.Equal(("", "whole"), (kept.Reached, System.Text.Encoding.UTF8.GetString(kept.Answer)));
        await Assert.ThrowsAsync<StoreConflictException>(() => StepAsync("", "a"));

        Task StepAsync(string from, string to) =>
            store.Store.CommitAsync(new Unit().StepRequest(Mark("id"), from, to, Bytes(to), _time.GetUtcNow()), default);
    }

    [Fact]
    public async Task Sweep_WhatIsOlderThanItIsKept_IsForgottenAndTheRestIsNot()
    {
        await Table.KeepAsync(Mark("old"), Bytes("old"), default);
        _time.Advance(RequestTable.Kept);
        await Table.KeepAsync(Mark("new"), Bytes("new"), default);
        await Table.SweepAsync(default);
        Assert.NotNull(await Table.FindAsync(_caller, "old", default));

        _time.Advance(TimeSpan.FromSeconds(1));
        await Table.SweepAsync(default);

        Assert.Null(await Table.FindAsync(_caller, "old", default));
        Assert.NotNull(await Table.FindAsync(_caller, "new", default));
    }

    [Theory]
    [InlineData(3, 1_000)]
    [InlineData(1_000, 30)]
    public async Task Sweep_MoreThanIsKept_LeavesTheNewest(long most, long mostBytes)
    {
        await store.Store.CommitAsync(new Unit().Add("delete from request"), default);
        for (var i = 0; i < 8; i++)
        {
            await Table.KeepAsync(Mark($"id-{i}"), new byte[10], default);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await Table.SweepAsync(default, most, mostBytes);

        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(i >= 5, await Table.FindAsync(_caller, $"id-{i}", default) is not null);
        }
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private string Mark(string id) => $"{_caller}\n{id}\n/method\nsaid";

    private async Task<string> EffectAsync() =>
        (await store.Store.ReadAsync(new("select holder from lease where name = $1", _caller), row => row.GetString(0), default)).Single();
}
