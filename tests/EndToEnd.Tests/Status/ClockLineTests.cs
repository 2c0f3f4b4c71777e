using EarlyWarning.Host.Status;
using EarlyWarning.Store.Clocks;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Status;

public sealed class ClockLineTests
{
    private static readonly ClockStatus s_good = new(null, "", TimeSpan.Zero, null);

    [Fact]
    public void Of_ClocksAgree_IsOkAndSpeaksOfTheStoresOnlyWhereItHasOne()
    {
        var (line, other) = (ClockLine.Of(s_good), ClockLine.Of(s_good with { StoreLead = TimeSpan.FromSeconds(-0.25) }));
        Assert.Equal((Health.Ok, "The wall clock and the monotonic clock agree."), (line.Health, line.Text));
        Assert.EndsWith("The store's clock leads the wall clock by -0.25 s.", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ClocksDisagree_FailsAndSaysWhatToDo()
    {
        var doubt = new ClockDoubt(ClockConflict.Jumped, TimeSpan.FromHours(1), default, 0, false, "It was set forward by 3,600 s.");
        var line = ClockLine.Of(s_good with { Doubt = doubt });

        Assert.Equal((Health.Failing, "It was set forward by 3,600 s."), (line.Health, line.Text));
        Assert.NotEmpty(line.Action);
    }

    [Fact]
    public void Of_ClocksDisagreedLately_AsksForAttention() =>
        Assert.Equal(Health.Attention, ClockLine.Of(s_good with { Past = "It is back." }).Health);
}
