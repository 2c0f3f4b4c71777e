using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Outbox;

namespace EarlyWarning.Store.Tests.Outbox;

/// <content>What is looked at now and then.</content>
public abstract partial class OutboxTests
{
    [Fact]
    public async Task Sweep_NotConfirmedInTime_IsOwedAgainUnderTheSameId()
    {
        await OweAsync("a1", "XAA", "notification", "escalation");
        await OweAsync("b1", "XAB");
        await _outbox.PublishedAsync(Id("a1"), s_noon, default);
        await _outbox.PublishedAsync(Id("b1"), s_noon, default);
        await ConfirmAsync("a1", "notification");

        await SweepAsync(s_noon);
        Assert.Empty(await DueAsync(s_noon.AddHours(1)));
        await SweepAsync(s_noon.AddTicks(1));
        Assert.Equal(["a1"], await DueAsync(s_noon.AddHours(1)));
    }

    [Fact]
    public async Task Sweep_PublishedByAClockThatWasAheadAndNotConfirmed_IsOwedAgain()
    {
        await OweAsync("a1", "XAA", "notification");
        await _outbox.PublishedAsync(Id("a1"), s_noon.AddYears(2), default);

        await SweepAsync(s_noon.AddHours(-1));

        Assert.Equal(["a1"], await DueAsync(s_noon.AddHours(1)));
    }

    [Fact]
    public async Task Sweep_HandledLongAgo_IsForgottenUnlessItIsOwed()
    {
        await OweAsync("a1", "XAA", "notification");
        await OweAsync("a2", "XAA", "notification", "escalation");
        await _outbox.PublishedAsync(Id("a1"), s_noon, default);
        await ConfirmAsync("a1", "notification");
        await ConfirmAsync("a2", "notification");

        await _outbox.SweepAsync([_app], s_noon.AddYears(-1), s_noon.AddTicks(1), s_noon, default);
        Assert.Equal(
            [Id("a2")],
            await store.Store.ReadAsync(
                new("select event from consumed where event in ($1, $2)", Id("a1"), Id("a2")),
                row => row.GetString(0),
                default
            )
        );
    }

    [Fact]
    public async Task Sweep_MoreHandledThanOneStepLooksAt_ForgetsAllOfItStepByStep()
    {
        const int Steps = 5;
        await store.Store.CommitAsync(
            Enumerable
                .Range(0, 2_000 * (Steps - 2))
                .Aggregate(new Unit(), (unit, n) => unit.Confirm("notification", Id($"{n:00000}"), s_noon)),
            default
        );

        for (var step = 0; step < Steps; step++)
        {
            await _outbox.SweepAsync([_app], s_noon.AddYears(-1), s_noon.AddTicks(1), s_noon, default);
        }

        Assert.Empty(
            await store.Store.ReadAsync(
                new("select event from consumed where event like $1", $"{_app}/%"),
                row => row.GetString(0),
                default
            )
        );
    }
}
