using EarlyWarning.Notification.Delivery;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Delivery;

public sealed class BackOffTests
{
    private static readonly NotificationOptions s_options = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 8)]
    [InlineData(11, 600)]
    [InlineData(5_000, 600)]
    public void Next_Attempt_DoublesUpToTheLongest(int attempt, double seconds)
    {
        Assert.Equal(Start.AddSeconds(seconds), BackOff.Next(s_options, Start, Start, attempt, null, random: 1));
        Assert.Equal(Start.AddSeconds(seconds / 2), BackOff.Next(s_options, Start, Start, attempt, null, random: 0));
    }

    [Fact]
    public void Next_RetryAfterBeyondTheBudget_MakesTheLastAttemptAtItsEnd() =>
        Assert.Equal(Start.AddHours(24), BackOff.Next(s_options, Start, Start.AddHours(1), 3, TimeSpan.FromDays(30), random: 1));

    [Fact]
    public void Next_BudgetSpent_GivesUp() => Assert.Null(BackOff.Next(s_options, Start, Start.AddHours(24), 200, null, random: 1));
}
