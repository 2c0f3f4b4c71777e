using EarlyWarning.Host.Status;
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
        Assert.Equal(health, OutboxLine.Of(new(3, s_now.AddSeconds(-seconds), 0, null, 0, "The broker is down."), s_now).Health);

    [Fact]
    public void Of_EventsAreSetAside_FailsAndSaysWhy()
    {
        var line = OutboxLine.Of(new(0, null, 0, null, 2, "It is too large."), s_now);
        Assert.Equal(Health.Failing, line.Health);
        Assert.Contains("2 events cannot be published as they are: It is too large.", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EventsAreNotConfirmedForLong_AsksForAttention() =>
        Assert.Equal(Health.Attention, OutboxLine.Of(new(0, null, 1, s_now.AddMinutes(-3), 0, ""), s_now).Health);
}
