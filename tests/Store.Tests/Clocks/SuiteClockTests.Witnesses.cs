using EarlyWarning.Store.Clocks;

namespace EarlyWarning.Store.Tests.Clocks;

/// <content>What the store and the sources say of the time.</content>
public sealed partial class SuiteClockTests
{
    [Fact]
    public void HearStore_ItAgreesWithTheNewWall_TheWallIsBelieved()
    {
        _machine.Moved = s_hour;
        Assert.NotNull(_clock.Read().Doubt);
        Store(s_hour);

        Assert.Equal(new ClockReading(s_noon + s_hour, null), _clock.Read());
    }

    [Fact]
    public void HearStore_ItJumpsWithTheWall_IsNoWitness()
    {
        Store(TimeSpan.Zero);
        _machine.Moved = s_hour;
        _clock.Read();
        Pass(TimeSpan.FromSeconds(5));
        Store(s_hour);

        Assert.Equal(ClockConflict.Jumped, _clock.Read().Doubt!.Conflict);
        Assert.Equal(s_noon.AddSeconds(5), _clock.GetUtcNow());
    }

    [Fact]
    public void HearStore_ItDiffersFromTheStart_DecisionsWaitUntilGraceIsOver()
    {
        Store(s_hour);

        var doubt = _clock.Read().Doubt!;
        Assert.Equal((ClockConflict.StoreDiffers, s_hour, true), (doubt.Conflict, doubt.Difference, doubt.DecisionsWait));
        Pass(TimeSpan.FromMinutes(10));
        Store(s_hour);
        Assert.Null(_clock.Read().Doubt);

        // What was accepted is not asked for again; what is new is.
        Pass(TimeSpan.FromMinutes(10));
        Store(s_hour);
        Assert.Null(_clock.Read().Doubt);
        Store(s_year);
        Assert.NotNull(_clock.Read().Doubt);
    }

    [Fact]
    public void HearStore_ItBeginsToDiffer_IsDoubtedWhileDecisionsGoOn()
    {
        Store(TimeSpan.Zero);
        Assert.Null(_clock.Read().Doubt);
        Pass(TimeSpan.FromSeconds(10));
        Store(-s_hour);

        Assert.False(_clock.Read().Doubt!.DecisionsWait);
        Store(TimeSpan.Zero);
        Assert.Null(_clock.Read().Doubt);
        Assert.Equal(1, _clock.Changes);
    }

    [Fact]
    public void Status_StoreHasNoClockOrIsSilent_HasNoLeadOfIt()
    {
        _clock.HearStore(null, _machine.GetTimestamp(), _machine.GetTimestamp());
        Assert.Null(_clock.Status().StoreLead);
        Store(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), _clock.Status().StoreLead);
        Pass(TimeSpan.FromMinutes(2));
        Assert.Null(_clock.Status().StoreLead);
    }

    [Fact]
    public void HearSources_TheyAgreeWithTheNewWall_TheWallIsBelieved()
    {
        _machine.Moved = s_hour;
        Assert.NotNull(_clock.Read().Doubt);
        _clock.HearSources(s_hour - TimeSpan.FromSeconds(20));

        Assert.Equal(new ClockReading(s_noon + s_hour, null), _clock.Read());
    }

    [Fact]
    public void Know_WallIsBehindTheStore_DecisionsWaitUntilItIsSetRight()
    {
        _clock.Know(s_noon + s_hour);

        var doubt = _clock.Read().Doubt!;
        Assert.Equal((ClockConflict.BehindStore, s_hour, true), (doubt.Conflict, doubt.Difference, doubt.DecisionsWait));
        _machine.Moved = s_hour;
        Assert.Equal(new ClockReading(s_noon + s_hour, null), _clock.Read());
        Assert.Equal(1, _clock.Changes);
    }

    [Fact]
    public void Know_WallIsBehindTheStore_IsBelievedAfterTheGrace()
    {
        _clock.Know(s_noon + s_year);
        Pass(TimeSpan.FromMinutes(10));

        Assert.Equal(new ClockReading(s_noon.AddMinutes(10), null), _clock.Read());
    }

    [Fact]
    public void Know_LongSilence_DecisionsWaitUntilTheClockIsSetRightOrTheGraceIsOver()
    {
        _clock.Know(s_noon.AddDays(-31));

        var doubt = _clock.Read().Doubt!;
        Assert.Equal((ClockConflict.AheadOfStore, true), (doubt.Conflict, doubt.DecisionsWait));
        Assert.Contains("last in use at 2026-03-31", Assert.Single(Told()), StringComparison.Ordinal);
        _machine.Moved = TimeSpan.FromDays(-31);
        Assert.Null(_clock.Read().Doubt);
    }

    [Fact]
    public void Know_LongSilenceAndTheStoreAgrees_IsReportedAndNotDoubted()
    {
        var stamp = _clock.GetTimestamp();
        _clock.HearStore(_clock.GetUtcNow(), stamp, stamp);

        _clock.Know(s_noon.AddDays(-31));

        Assert.Null(_clock.Read().Doubt);
        Assert.Contains("last in use at 2026-03-31", Assert.Single(Told()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-8)]
    [InlineData(17_520)]
    public void Know_MachineHasRunOnAndTheWallWasSetMeanwhile_TheTimeGoesOnAsItWouldHave(int hours)
    {
        _uptime = TimeSpan.FromDays(5);
        SuiteClock before = new(_machine, uptime: () => _uptime, boot: "a-run");
        var (last, run) = (before.GetUtcNow(), before.Run());
        Pass(s_hour);
        _uptime += s_hour;
        _machine.Moved = TimeSpan.FromHours(hours);

        SuiteClock clock = new(_machine, uptime: () => _uptime, boot: "a-run");
        clock.Know(last, run);

        var (now, doubt) = clock.Read();
        Assert.Equal((s_noon + s_hour, ClockConflict.Jumped, true), (now, doubt!.Conflict, doubt.DecisionsWait));
        Assert.Contains("while the suite did not run", doubt.Text, StringComparison.Ordinal);
        _machine.Moved = TimeSpan.Zero;
        Assert.Equal(new ClockReading(s_noon + s_hour, null), clock.Read());
    }

    [Theory]
    [InlineData("a-run")]
    [InlineData("another-run")]
    public void Know_MachineHasRunOnOrWasStartedAnew_AndTheWallIsRight_SaysNothing(string boot)
    {
        _uptime = TimeSpan.FromDays(5);
        SuiteClock before = new(_machine, uptime: () => _uptime, boot: "a-run");
        var (last, run) = (before.GetUtcNow(), before.Run());
        Pass(s_hour);
        _uptime += s_hour;

        SuiteClock clock = new(_machine, uptime: () => _uptime, boot: boot);
        clock.Know(last, run);

        Assert.Equal(new ClockReading(s_noon + s_hour, null), clock.Read());
        Assert.False(clock.TryTake(out _));
    }

    [Fact]
    public void Know_StoreWasNeverOrJustUsed_SaysNothing()
    {
        _clock.Know(null);
        _clock.Know(s_noon.AddMinutes(4));

        Assert.Null(_clock.Read().Doubt);
        Assert.Empty(Told());
    }
}
