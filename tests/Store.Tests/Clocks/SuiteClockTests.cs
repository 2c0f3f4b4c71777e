using EarlyWarning.Store.Clocks;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Store.Tests.Clocks;

public sealed class SuiteClockTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_year = TimeSpan.FromDays(365);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new(s_noon);
    private readonly MovedTime _machine;
    private readonly SuiteClock _clock;
    private TimeSpan? _uptime;

    public SuiteClockTests()
    {
        _machine = new(_time);
        _clock = new(_machine, uptime: () => _uptime);
    }

    [Fact]
    public void Look_ClocksAgree_SaysTheWallClockAndNothingMore()
    {
        Pass(s_hour);

        Assert.Equal(new ClockReading(s_noon + s_hour, null), _clock.Look());
        Assert.Equal(0, _clock.Changes);
        Assert.Empty(Told());
    }

    [Fact]
    public void GetUtcNow_WallIsSetAYearAhead_GoesOnFromWhereItWasAtOnce()
    {
        _machine.Moved = s_year;

        Assert.Equal(s_noon, _clock.GetUtcNow());
        Pass(TimeSpan.FromMinutes(9));
        Assert.Equal(s_noon.AddMinutes(9), _clock.GetUtcNow());
        var doubt = _clock.Look().Doubt!;
        Assert.Equal((ClockConflict.Jumped, s_year, false), (doubt.Conflict, doubt.Difference, doubt.DecisionsWait));
        Assert.Contains("set forward by 365 days at 2026-05-01 12:00:00Z", Assert.Single(Told()), StringComparison.Ordinal);
        Assert.Equal(s_year, _clock.Status().Lead);
    }

    [Fact]
    public void Look_WallComesBack_IsCertainAnewAndSaysForAnHourWhatWas()
    {
        _machine.Moved = s_year;
        Assert.NotNull(_clock.Look().Doubt);
        Pass(TimeSpan.FromMinutes(2));
        _machine.Moved = TimeSpan.Zero;

        Assert.Equal(new ClockReading(s_noon.AddMinutes(2), null), _clock.Look());
        Assert.Equal(1, _clock.Changes);
        Assert.Contains("due times made meanwhile are set right", _clock.Status().Past, StringComparison.Ordinal);
        Pass(TimeSpan.FromMinutes(61));
        Assert.Equal("", _clock.Status().Past);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public void Look_WallIsSetByLittle_IsTakenAndReported(int seconds)
    {
        _machine.Moved = TimeSpan.FromSeconds(seconds);

        Assert.Equal(new ClockReading(s_noon.AddSeconds(seconds), null), _clock.Look());
        Assert.Equal(1, _clock.Changes);
        Assert.Contains($"{(seconds > 0 ? "forward" : "back")} by 30 s", Assert.Single(Told()), StringComparison.Ordinal);
    }

    [Fact]
    public void Look_WallDrifts_IsNotReported()
    {
        for (var second = 0; second < 600; second++)
        {
            _machine.Moved += TimeSpan.FromMilliseconds(80);
            Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(Told());
        Assert.Equal(s_noon.AddSeconds(648), _clock.GetUtcNow());
    }

    [Fact]
    public void Look_WallIsSetBackByAnHour_GoesOnFromWhereItWas()
    {
        _machine.Moved = -s_hour;

        Assert.Equal(s_noon, _clock.GetUtcNow());
        Assert.Contains("set back by 3,600 s", Assert.Single(Told()), StringComparison.Ordinal);
    }

    [Fact]
    public void Look_GraceIsOver_TheWallIsBelievedAndThatIsReported()
    {
        _machine.Moved = s_hour;
        _clock.Look();
        Pass(TimeSpan.FromSeconds(599));
        Assert.Equal(s_noon.AddSeconds(599), _clock.GetUtcNow());
        Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(new ClockReading(s_noon.AddSeconds(600) + s_hour, null), _clock.Look());
        Assert.Equal(1, _clock.Changes);
        Assert.Contains("it is believed from", Told()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Look_SetAgainDuringTheGrace_TheGraceBeginsAnew()
    {
        _machine.Moved = s_hour;
        _clock.Look();
        Pass(TimeSpan.FromMinutes(9));
        _machine.Moved = s_year;
        Pass(TimeSpan.FromMinutes(9));

        Assert.NotNull(_clock.Look().Doubt);
        Assert.Equal(s_noon.AddMinutes(18), _clock.GetUtcNow());
    }

    [Fact]
    public void Look_BackFromWhatWasBelievedByGrace_IsBelievedAtOnce()
    {
        _machine.Moved = s_year;
        _clock.Look();
        Pass(TimeSpan.FromMinutes(10));
        Assert.Null(_clock.Look().Doubt);
        _machine.Moved = TimeSpan.Zero;

        Assert.Equal(new ClockReading(s_noon.AddMinutes(10), null), _clock.Look());
        Assert.Equal(2, _clock.Changes);
    }

    [Fact]
    public void Look_TheMachineSlept_TheWallIsBelieved()
    {
        _uptime = TimeSpan.FromDays(1);
        Pass(TimeSpan.FromSeconds(1));
        (_machine.Moved, _uptime) = (s_hour, _uptime + s_hour);

        Assert.Equal(new ClockReading(s_noon.AddSeconds(1) + s_hour, null), _clock.Look());
        Assert.Contains("slept", Assert.Single(Told()), StringComparison.Ordinal);
    }

    [Fact]
    public void HearStore_ItAgreesWithTheNewWall_TheWallIsBelieved()
    {
        _machine.Moved = s_hour;
        Assert.NotNull(_clock.Look().Doubt);
        Store(s_hour);

        Assert.Equal(new ClockReading(s_noon + s_hour, null), _clock.Look());
    }

    [Fact]
    public void HearStore_ItJumpsWithTheWall_IsNoWitness()
    {
        Store(TimeSpan.Zero);
        _machine.Moved = s_hour;
        _clock.Look();
        Pass(TimeSpan.FromSeconds(5));
        Store(s_hour);

        Assert.Equal(ClockConflict.Jumped, _clock.Look().Doubt!.Conflict);
        Assert.Equal(s_noon.AddSeconds(5), _clock.GetUtcNow());
    }

    [Fact]
    public void HearStore_ItDiffersFromTheStart_DecisionsWaitUntilGraceIsOver()
    {
        Store(s_hour);

        var doubt = _clock.Look().Doubt!;
        Assert.Equal((ClockConflict.StoreDiffers, s_hour, true), (doubt.Conflict, doubt.Difference, doubt.DecisionsWait));
        Pass(TimeSpan.FromMinutes(10));
        Store(s_hour);
        Assert.Null(_clock.Look().Doubt);

        // What was accepted is not asked for again; what is new is.
        Pass(TimeSpan.FromMinutes(10));
        Store(s_hour);
        Assert.Null(_clock.Look().Doubt);
        Store(s_year);
        Assert.NotNull(_clock.Look().Doubt);
    }

    [Fact]
    public void HearStore_ItBeginsToDiffer_IsDoubtedWhileDecisionsGoOn()
    {
        Store(TimeSpan.Zero);
        Assert.Null(_clock.Look().Doubt);
        Pass(TimeSpan.FromSeconds(10));
        Store(-s_hour);

        Assert.False(_clock.Look().Doubt!.DecisionsWait);
        Store(TimeSpan.Zero);
        Assert.Null(_clock.Look().Doubt);
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
        Assert.NotNull(_clock.Look().Doubt);
        _clock.HearSources(s_hour - TimeSpan.FromSeconds(20));

        Assert.Equal(new ClockReading(s_noon + s_hour, null), _clock.Look());
    }

    [Fact]
    public void Know_WallIsBehindTheStore_DecisionsWaitUntilItIsSetRight()
    {
        _clock.Know(s_noon + s_hour);

        var doubt = _clock.Look().Doubt!;
        Assert.Equal((ClockConflict.BehindStore, s_hour, true), (doubt.Conflict, doubt.Difference, doubt.DecisionsWait));
        _machine.Moved = s_hour;
        Assert.Equal(new ClockReading(s_noon + s_hour, null), _clock.Look());
        Assert.Equal(1, _clock.Changes);
    }

    [Fact]
    public void Know_WallIsBehindTheStore_IsBelievedAfterTheGrace()
    {
        _clock.Know(s_noon + s_year);
        Pass(TimeSpan.FromMinutes(10));

        Assert.Equal(new ClockReading(s_noon.AddMinutes(10), null), _clock.Look());
    }

    [Fact]
    public void Know_LongSilence_IsReportedAndNotDoubted()
    {
        _clock.Know(s_noon.AddDays(-31));

        Assert.Null(_clock.Look().Doubt);
        Assert.Contains("last in use at 2026-03-31", Assert.Single(Told()), StringComparison.Ordinal);
    }

    [Fact]
    public void Know_StoreWasNeverOrJustUsed_SaysNothing()
    {
        _clock.Know(null);
        _clock.Know(s_noon.AddMinutes(4));

        Assert.Null(_clock.Look().Doubt);
        Assert.Empty(Told());
    }

    [Fact]
    public void Validate_EveryOptionIsWrong_NamesAll() =>
        Assert.Equal(
            4,
            new ClockOptions
            {
                Jump = TimeSpan.Zero,
                Doubt = -s_hour,
                Grace = s_year,
                Behind = TimeSpan.Zero,
            }
                .Validate()
                .Count
        );

    private void Store(TimeSpan lead)
    {
        var stamp = _machine.GetTimestamp();
        _clock.HearStore(_time.GetUtcNow() + lead, stamp, stamp);
    }

    /// <summary>Lets time pass, watched as it is each second.</summary>
    private void Pass(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _clock.Look();
        }
    }

    private List<string> Told()
    {
        List<string> told = [];
        while (_clock.TryTake(out var happened))
        {
            told.Add(happened.Text);
        }

        return told;
    }
}
