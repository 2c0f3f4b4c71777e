using EarlyWarning.Store.Clocks;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Store.Tests.Clocks;

public sealed partial class SuiteClockTests
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

        Assert.Equal(new ClockReading(s_noon + s_hour, null), _clock.Read());
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
        var doubt = _clock.Read().Doubt!;
        Assert.Equal((ClockConflict.Jumped, s_year, false), (doubt.Conflict, doubt.Difference, doubt.DecisionsWait));
        Assert.Contains("set forward by 365 days at 2026-05-01 12:00:00Z", Assert.Single(Told()), StringComparison.Ordinal);
        Assert.Equal(s_year, _clock.Status().Lead);
    }

    [Fact]
    public void Look_WallComesBack_IsCertainAnewAndSaysForAnHourWhatWas()
    {
        _machine.Moved = s_year;
        Assert.NotNull(_clock.Read().Doubt);
        Pass(TimeSpan.FromMinutes(2));
        _machine.Moved = TimeSpan.Zero;

        Assert.Equal(new ClockReading(s_noon.AddMinutes(2), null), _clock.Read());
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

        Assert.Equal(new ClockReading(s_noon.AddSeconds(seconds), null), _clock.Read());
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
        _clock.Read();
        Pass(TimeSpan.FromSeconds(599));
        Assert.Equal(s_noon.AddSeconds(599), _clock.GetUtcNow());
        Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(new ClockReading(s_noon.AddSeconds(600) + s_hour, null), _clock.Read());
        Assert.Equal(1, _clock.Changes);
        Assert.Contains("it is believed from", Told()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Look_SetAgainDuringTheGrace_TheGraceBeginsAnew()
    {
        _machine.Moved = s_hour;
        _clock.Read();
        Pass(TimeSpan.FromMinutes(9));
        _machine.Moved = s_year;
        Pass(TimeSpan.FromMinutes(9));

        Assert.NotNull(_clock.Read().Doubt);
        Assert.Equal(s_noon.AddMinutes(18), _clock.GetUtcNow());
    }

    [Fact]
    public void Look_BackFromWhatWasBelievedByGrace_IsBelievedAtOnce()
    {
        _machine.Moved = s_year;
        _clock.Read();
        Pass(TimeSpan.FromMinutes(10));
        Assert.Null(_clock.Read().Doubt);
        _machine.Moved = TimeSpan.Zero;

        Assert.Equal(new ClockReading(s_noon.AddMinutes(10), null), _clock.Read());
        Assert.Equal(2, _clock.Changes);
    }

    [Fact]
    public void Look_TheMachineSlept_TheWallIsBelieved()
    {
        _uptime = TimeSpan.FromDays(1);
        Pass(TimeSpan.FromSeconds(1));
        (_machine.Moved, _uptime) = (s_hour, _uptime + s_hour);

        Assert.Equal(new ClockReading(s_noon.AddSeconds(1) + s_hour, null), _clock.Read());
        Assert.Contains("slept", Assert.Single(Told()), StringComparison.Ordinal);
    }

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
            _clock.Read();
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
