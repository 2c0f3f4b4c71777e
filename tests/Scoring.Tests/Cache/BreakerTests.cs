using EarlyWarning.Scoring.Cache;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Scoring.Tests.Cache;

public sealed class BreakerTests
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(5);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void TryEnter_FailuresInARow_StopItForARestAndThenLetOneIn()
    {
        var breaker = new Breaker(3, s_rest, _time);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(breaker.TryEnter());
            breaker.Failed();
        }

        Assert.False(breaker.TryEnter());
        _time.Advance(s_rest);
        Assert.True(breaker.TryEnter());
        Assert.False(breaker.TryEnter());
    }

    [Fact]
    public void TryEnter_TheOneFails_RestsAgainAndSucceeds_LetsAllIn()
    {
        var breaker = new Breaker(1, s_rest, _time);
        breaker.Failed();
        _time.Advance(s_rest);
        Assert.True(breaker.TryEnter());
        breaker.Failed();
        Assert.False(breaker.TryEnter());

        _time.Advance(s_rest);
        Assert.True(breaker.TryEnter());
        breaker.Succeeded();
        Assert.True(breaker.TryEnter());
        Assert.True(breaker.TryEnter());
    }

    [Fact]
    public void TryEnter_SuccessBetweenFailures_IsNoRow()
    {
        var breaker = new Breaker(2, s_rest, _time);
        breaker.Failed();
        breaker.Succeeded();
        breaker.Failed();

        Assert.True(breaker.TryEnter());
    }
}
