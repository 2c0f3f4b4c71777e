using EarlyWarning.Notification.Configuration;
using EarlyWarning.Notification.Dispatching;

namespace EarlyWarning.Notification.Tests.Dispatching;

public sealed class BackOffTests
{
    private static readonly NotificationOptions s_options = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 8)]
    [InlineData(11, 600)]
    [InlineData(5_000, 600)]
    public void Wait_Failure_DoublesUpToTheLongest(int failures, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), AttemptBackOff.Wait(s_options, failures, null, random: 1));
        Assert.Equal(TimeSpan.FromSeconds(seconds / 2), AttemptBackOff.Wait(s_options, failures, null, random: 0));
    }

    [Theory]
    [InlineData(120, 120)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(86_400, 600)]
    public void Wait_RetryAfter_IsHonouredUpToTheLongest(double asked, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), AttemptBackOff.Wait(s_options, 1, TimeSpan.FromSeconds(asked), random: 1));
}
