using EarlyWarning.Indicators.Intake.Clocks;
using EarlyWarning.Store.Clocks;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Indicators.Tests.Intake.Clocks;

public sealed class SourceSurveyTests
{
    private static readonly TimeSpan s_allowed = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _time = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("three as far as each other", "60 59 61", 61)]
    [InlineData("three of six", "60 60 60 0 -10 -1000", 60)]
    [InlineData("three of seven", "60 60 60 0 0 0 -10", null)]
    [InlineData("two", "60 60", null)]
    [InlineData("two of three", "60 60 0", null)]
    [InlineData("each for itself", "10 60 5000", null)]
    [InlineData("who reports late leads by less", "60 45 31", 60)]
    [InlineData("one far away among those alike", "60 60 60 500000", 60)]
    [InlineData("nobody is ahead", "1 2 3 4", null)]
    [InlineData("nobody", "", null)]
    public void Of_Leads_FindsWhetherEnoughAreAheadAlike(string what, string minutes, int? difference)
    {
        Assert.NotEmpty(what);
        var leads = minutes
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => TimeSpan.FromMinutes(int.Parse(text, null)))
            .ToArray();

        Assert.Equal(difference is { } found ? TimeSpan.FromMinutes(found) : null, SourceSurvey.Of(leads, s_allowed).Difference);
    }

    [Fact]
    public void Survey_SourceIsSilentForTenMinutes_IsNoLongerCounted()
    {
        var sources = new SourceClocks(new(_time));
        Hear(sources, "a", 60);
        _time.Advance(TimeSpan.FromMinutes(6));
        Hear(sources, "b", 60);
        Assert.Equal(2, sources.Survey(s_allowed).Heard);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, sources.Survey(s_allowed).Heard);
    }

    [Fact]
    public void Survey_SourceSendsOldAndNew_CountsTheNewestOfTenMinutes()
    {
        var sources = new SourceClocks(new(_time));
        foreach (var source in new[] { "a", "b", "c" })
        {
            Hear(sources, source, 60);
            Hear(sources, source, -3_000);
        }

        Assert.Equal(TimeSpan.FromHours(1), sources.Survey(s_allowed).Difference);
        _time.Advance(TimeSpan.FromMinutes(9));
        Hear(sources, "a", 0);
        _time.Advance(TimeSpan.FromMinutes(2));
        Hear(sources, "a", 0);
        Assert.Equal((1, 0), (sources.Survey(s_allowed).Heard, sources.Survey(s_allowed).Ahead));
    }

    [Fact]
    public void Hear_MoreSourcesThanAreRemembered_ForgetsWhoWasHeardFirst()
    {
        var sources = new SourceClocks(new(_time));
        for (var n = 0; n <= SourceClocks.Most; n++)
        {
            Hear(sources, $"s{n}", 60);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(SourceClocks.Most, sources.Survey(s_allowed).Heard);
        Assert.Equal(TimeSpan.Zero, sources.AheadFor("s0"));
        Assert.NotEqual(TimeSpan.Zero, sources.AheadFor("s1"));
    }

    [Fact]
    public void Survey_OurOwnTimeChanged_NothingHeardBeforeCounts()
    {
        var machine = new MovedTime(_time);
        var clock = new SuiteClock(machine);
        var sources = new SourceClocks(clock);
        Hear(sources, "a", 60);
        machine.Moved = TimeSpan.FromSeconds(30);
        clock.Read();

        Assert.Equal(0, sources.Survey(s_allowed).Heard);
    }

    private static void Hear(SourceClocks sources, string source, int minutes) =>
        sources.Hear(source, TimeSpan.FromMinutes(minutes), s_allowed);
}
