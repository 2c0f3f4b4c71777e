using EarlyWarning.Host.Status;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Store.Committing;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Status;

public sealed class OutboxLineTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, Health.Ok)]
    [InlineData(4, Health.Ok)]
    [InlineData(6, Health.Attention)]
    [InlineData(31, Health.Failing)]
    public void Of_EventsAreOwed_IsByTheAgeOfTheOldest(int seconds, Health health) =>
        Assert.Equal(health, OutboxLine.Of(new(3, s_now.AddSeconds(-seconds), 0, null, 0, 0, "The broker is down."), s_now).Health);

    [Fact]
    public void Of_EventsAreSetAside_FailsAndSaysWhy()
    {
        var line = OutboxLine.Of(new(0, null, 0, null, 2, 0, "It is too large."), s_now);
        Assert.Equal(Health.Failing, line.Health);
        Assert.Contains("2 events cannot be published as they are: It is too large.", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EventsCouldNotBeHandled_FailsAndSaysWhereAndWhatToDo()
    {
        var line = OutboxLine.Of(new(0, null, 0, null, 0, 1, "escalation: It has no country."), s_now);
        Assert.Equal(Health.Failing, line.Health);
        Assert.Contains("escalation: It has no country.", line.Text, StringComparison.Ordinal);
        Assert.Contains("ew events retry", line.Action, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_EventsThatCannotBePublished_AreCountedAsSetAsideAndNotAsOwed()
    {
        await using TestStore store = new(TimeProvider.System);
        OutboxLine line = new(store.Outbox, TimeProvider.System);
        foreach (var id in (string[])["one", "two", "three"])
        {
            await store.CommitAsync(
                new Unit().Publish(
                    "risk",
                    new(Topics.ThresholdBreaches, id, "earlywarning.v1.breach.firing", "KEN", new Breach()),
                    DateTimeOffset.UtcNow
                ),
                default
            );
        }

        await IsAsync(owed: 3, aside: 0);
        await store.Outbox.SetAsideAsync("two", "It is too large.", default);
        await store.Outbox.SetAsideAsync("three", "It is too large.", default);
        await IsAsync(owed: 1, aside: 2);

        async Task IsAsync(double owed, double aside)
        {
            var standing = await line.ReadAsync(default);
            Assert.Equal((owed, aside), (Value("earlywarning.outbox.unpublished"), Value("earlywarning.outbox.aside")));
            Assert.Equal(aside > 0 ? Health.Failing : Health.Ok, Assert.Single(standing.Lines).Health);

            double Value(string gauge) => Assert.Single(standing.Measured, one => one.Gauge.Name == gauge).Value;
        }
    }

    [Fact]
    public void Of_EventsAreNotConfirmedForLong_AsksForAttention() =>
        Assert.Equal(Health.Attention, OutboxLine.Of(new(0, null, 1, s_now.AddMinutes(-3), 0, 0, ""), s_now).Health);
}
