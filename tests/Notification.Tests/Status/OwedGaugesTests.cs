using EarlyWarning.Notification.Status;

namespace EarlyWarning.Notification.Tests.Status;

public sealed class OwedGaugesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_NothingIsOwed_IsZeroAndNamesNoDestination()
    {
        var measured = OwedGauges.Of(new([], 0, 0, "", 0, "", []), 0, s_now);
        Assert.All(measured, one => Assert.Equal((0, 0), (one.Value, one.Labels.Length)));
        Assert.Equal(OwedGauges.All.Count - 2, measured.Count);
    }

    [Fact]
    public void Of_MessagesWait_GivesCountAndAgeByDestinationAndInAll()
    {
        var measured = OwedGauges.Of(new([Waiting(0, 90), Waiting(1, 30)], 4, 5, "", 6, "", []), 7, s_now);

        Assert.Equal([2, 90, 2, 30], measured.Take(4).Select(one => one.Value));
        Assert.Equal("recipients/r0", measured[0].Labels[0].Value);
        Assert.Equal([4, 90, 4, 5, 6, 0, 7], measured.Skip(4).Select(one => one.Value));
    }

    [Fact]
    public void Of_MoreDestinationsThanAreNamed_CountsTheRestAsOne()
    {
        var measured = OwedGauges.Of(
            new([.. Enumerable.Range(0, 500).Select(number => Waiting(number, 1_000 - number))], 0, 0, "", 0, "", []),
            0,
            s_now
        );

        var named = measured.Where(one => one.Labels.Length > 0).ToList();
        Assert.Equal(2 * 201, named.Count);
        Assert.Equal(("(others)", 600, 800), (named[^2].Labels[0].Value, named[^2].Value, named[^1].Value));
    }

    private static WaitingMessages Waiting(int number, int seconds) =>
        new(new($"recipients/r{number}", "webhook"), "", 2, s_now.AddSeconds(-seconds), "");
}
